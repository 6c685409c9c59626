"""The morning's message to administrators: what is wrong, and what to do; said only when something is."""

from __future__ import annotations

MESSAGE = "Kính gửi {ten}, sáng nay Trợ lý báo cáo có {n} việc cần xem:\n{lines}"
DAMAGED = "- Tệp dữ liệu bị hỏng: dừng congdoan serve, rồi phục hồi bản sao lưu gần nhất (congdoan restore)."
DISK = "- Ổ đĩa chỉ còn trống {free} MB ({percent}%): xóa bớt tệp không dùng hoặc tăng dung lượng."
BACKUP_FAILED = "- Sao lưu lúc {at} không thành ({why}): xử lý rồi chạy congdoan backup."
BACKUP_OLD = "- Bản sao lưu mới nhất từ {at}, đã quá một ngày: chạy congdoan backup."
BACKUP_ROOM = (
    "- Ổ đĩa sao lưu chỉ còn trống {free} MB, mỗi bản {size} MB: dọn bớt, hoặc giảm CONGDOAN_BACKUPS_KEPT."
)
BACKUP_NONE = "- Chưa có bản sao lưu nào: chạy congdoan backup."
RESTORED = "- Đã phục hồi bản sao lưu; tin cán bộ gửi từ {taken} đến {stopped} bị mất: báo các đơn vị xem lại báo cáo."
STUCK = "- {n} tin chờ gửi từ {since}, gửi lại chưa được: kiểm tra mạng, rồi chạy congdoan doctor."
UNSENT = "- {n} tin từ hôm trước không gửi được hoặc không rõ đã đến ({why}): chạy congdoan doctor."
GONE = "- {n} người mất liên lạc với Trợ lý ({names}): gọi điện nhờ mở lại Trợ lý trong ứng dụng chat."
FAILED = "- {n} tin nhắn của cán bộ gặp lỗi khi xử lý (mã {codes}): báo mã này cho người phụ trách kỹ thuật."
CLOCK = "- Đồng hồ máy chậm {minutes} phút nên hạn nộp bị tính sai: chạy timedatectl set-ntp true."
MORE = "- Và {n} việc khác: chạy congdoan doctor để xem đủ."
AND_OTHERS = "{names} và {n} người khác"
UNKNOWN = "không rõ lý do"
