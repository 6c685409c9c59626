"""What roles and commands are called, for lists of people and for the page of rights."""

from __future__ import annotations

ROLE_NAMES = {
    "bao_cao_vien": "Người nhập báo cáo",
    "chu_tich_cdcs": "Chủ tịch CĐCS",
    "doan_vien": "Đoàn viên",
    "to_ho_tro": "Tổ hỗ trợ sáng kiến",
    "hoi_dong_sk": "Hội đồng sáng kiến",
    "chuyen_vien_ttcs": "Chuyên viên cấp trên",
    "lanh_dao_ttcs": "Lãnh đạo cấp trên",
    "ban_csplqhld": "Ban CSPL&QHLĐ",
    "ban_tuyen_giao": "Ban Tuyên giáo",
    "thuong_truc": "Thường trực",
    "van_thu": "Văn thư",
    "quan_tri": "Quản trị",
}
COMMANDS = {
    "start": "Mở hoặc làm tiếp báo cáo tháng",
    "greet": "Lời chào và các việc làm được",
    "submit": "Nộp báo cáo",
    "quiet": "Báo cáo không phát sinh",
    "resume": "Làm tiếp bản nháp của mình",
    "edit": "Sửa báo cáo đã nộp, đến khi khóa số liệu",
    "review": "Xem lại báo cáo đã nộp",
    "paragraph": "Lấy đoạn văn dán vào báo cáo của đơn vị",
    "history": "Xem các báo cáo đã nộp của đơn vị",
    "receipt": "Lấy lại ảnh biên nhận",
    "verify": "Kiểm tra biên nhận theo mã",
    "idea": "Gửi sáng kiến",
    "later": "Hẹn làm sau",
    "remind": "Hẹn nhắc lại",
    "stop_reminders": "Không nhận nhắc báo cáo của tháng này",
    "leave": "Để người đang nhập hoàn thành",
    "help": "Xem hướng dẫn",
    "human": "Tìm người hỗ trợ",
    "agree": "Đồng ý với cách lưu thông tin",
    "disagree": "Không đồng ý với cách lưu thông tin",
    "withdraw": "Rút lại đồng ý",
    "stay": "Giữ nguyên đồng ý",
    "help_more": "Hỏi thêm về câu hỏi đã gửi",
    "help_clear": "Báo câu trả lời đã rõ",
    "answer_help": "Trả lời câu hỏi của cán bộ",
    "send_answer": "Gửi câu vừa gõ làm câu trả lời",
    "questions": "Xem các câu hỏi đang chờ trả lời",
    "pause": "Tạm dừng nhắc và bản tin của toàn hệ thống",
    "pause_yes": "Đồng ý tạm dừng",
    "pause_no": "Không tạm dừng",
    "unpause": "Tiếp tục nhắc và gửi bản tin",
    "privacy": "Xem, sửa, lấy, xóa dữ liệu cá nhân của mình",
    "data_requests": "Xem và giải quyết yêu cầu về dữ liệu cá nhân",
    "audit": "Xem nhật ký thay đổi",
    "consent_text": "Xem toàn văn về dữ liệu cá nhân",
    "address_form": "Đổi cách xưng hô",
    "change_unit": "Báo cáo cho đơn vị khác",
    "which_unit": "Chọn đơn vị để báo cáo",
    "invite": "Mời người chưa kết nối, cấp mã mời",
    "connections": "Xem ai đã kết nối, ai chưa",
    "hand_over": "Bàn giao chức trách cho người mới",
    "deputy": "Thêm người nhập báo cáo",
    "end_deputy": "Thôi người nhập báo cáo",
    "appoint": "Đồng ý bàn giao, thêm, thôi người nhập",
    "roster": "Lấy tệp mẫu danh sách đơn vị, cán bộ",
    "roster_apply": "Ghi danh sách đã gửi bằng tệp",
    "behalf": "Nhập hộ báo cáo của một đơn vị (điện thoại, bản giấy)",
    "not_this_person": "Gỡ tài khoản không phải của người trong danh sách",
    "group_yes": "Cho một nhóm nhận bản tin toàn tỉnh",
    "group_no": "Không cho một nhóm nhận bản tin",
}
"""What each command does, for administrators."""
NOTES = {
    "hand_over": "công đoàn cấp trên giao chức trách ở cấp dưới; ở đơn vị mình chỉ bàn giao chức trách của chính mình.",
    "group_yes": "Ban CSPL&QHLĐ chỉ quyết định về nhóm khi chưa có quản trị viên nào dùng Trợ lý.",
    "behalf": "Bản nháp mà cán bộ của đơn vị đang làm chỉ mở được sau khi chọn “Nhập tiếp bản nháp”; việc đó được ghi vào nhật ký.",  # noqa: E501 - a sentence is read as one line
}
REACHES = {"own": "đơn vị mình", "below": "mình và cấp dưới", "under": "cấp dưới", "all": "toàn tỉnh"}
TITLE = "# Quyền hạn theo vai trò"
LEAD = (
    "Trang này được lập từ mã nguồn (`python -m handlers.rights_page`), không sửa bằng tay.\n"
    "Quyền chỉ có khi người đó được phân công và đơn vị còn hoạt động vào ngày hôm đó; mỗi tin nhắn được kiểm tra.\n"
    "Một người có nhiều vai trò thì được làm việc của từng vai trò, trong phạm vi của vai trò đó."
)
SCOPES = (
    "Phạm vi: **đơn vị mình** – đơn vị được phân công; **cấp dưới** – mọi đơn vị trực thuộc, ở mọi cấp, không kể đơn vị mình; "  # noqa: E501 - a sentence is read as one line
    "**mình và cấp dưới** – cả hai; **toàn tỉnh** – mọi đơn vị; – không làm được."
)
WORK, WORDS, BUTTON, NOTE, NONE = "Việc", "Từ gõ", "nút", "Ghi chú", "–"
EVERYBODY = "Mọi vai trò"
EVERYBODY_LEAD = (
    "Những việc ai được phân công cũng làm được, cho chính mình. "
    "Vai trò không có cột ở bảng trên chỉ có những việc này:"
)
