"""Names of sheets, columns and codes in an export."""

from __future__ import annotations

UNITS, PARENTS, EVENTS, PEOPLE = "Đơn vị", "Cấp trên", "Biến động", "Cán bộ"
REPORTS, FIGURES, INITIATIVES, REMINDERS, PETITIONS = "Báo cáo", "Số liệu", "Sáng kiến", "Nhắc", "Kiến nghị"
FILES = {
    UNITS: "don_vi", PARENTS: "cap_tren", EVENTS: "bien_dong", PEOPLE: "can_bo", REPORTS: "bao_cao",
    FIGURES: "so_lieu", INITIATIVES: "sang_kien", REMINDERS: "nhac", PETITIONS: "kien_nghi",
}  # fmt: skip
"""Sheet → name of its CSV file."""

UNIT_COLUMNS = (
    "Mã", "Tên đầy đủ", "Tên ngắn", "Loại đơn vị", "Loại hình", "Mã cấp trên", "Công đoàn cấp trên", "Từ ngày",
    "Đến ngày", "Báo cáo từ ngày", "Ngày hạn riêng",
)  # fmt: skip
PARENT_COLUMNS = ("Mã", "Đơn vị", "Mã cấp trên", "Công đoàn cấp trên", "Từ ngày", "Đến ngày", "Căn cứ")
EVENT_COLUMNS = ("Mã", "Đơn vị", "Việc", "Từ ngày", "Mã đơn vị mới", "Đơn vị mới hoặc tên cũ", "Căn cứ")
PEOPLE_COLUMNS = (
    "Họ tên", "Mã đơn vị", "Đơn vị", "Vai trò", "Chức danh", "Từ ngày", "Đến ngày", "Điện thoại", "Chuyên trách",
    "Kênh đã kết nối",
)  # fmt: skip
REPORT_COLUMNS = (
    "Kỳ", "Mã", "Đơn vị", "Công đoàn cấp trên", "Tình trạng", "Mã báo cáo", "Lần nộp", "Nộp lúc", "Cách nhận",
)  # fmt: skip
PROVENANCE_COLUMN = "Số không nhập trực tiếp"
DOUBT_COLUMN = "Số đã hỏi lại và lý do"
DOUBT, DOUBT_EXPLAINED = "{short}: {why}", "{short}: {why} (lý do: {note})"
FIGURE_COLUMNS = ("Kỳ", "Mã", "Đơn vị", "Mã chỉ tiêu", "Chỉ tiêu", "Số", "Nguồn số")
INITIATIVE_COLUMNS = (
    "Mã", "Mã đơn vị", "Đơn vị", "Tên ý tưởng, sáng kiến", "Tình trạng", "Ngày gửi", "Ngày công nhận", "Người gửi",
)  # fmt: skip
REMINDER_COLUMNS = ("Kỳ", "Mã", "Đơn vị", "Cán bộ", "Bước", "Dự kiến lúc", "Gửi lúc", "Kết quả")
PETITION_COLUMNS = ("Loại", "Tình trạng", "Số lượng")

KINDS = {"tinh": "Cấp tỉnh", "cap_tren": "Công đoàn cấp trên", "cdcs": "CĐCS", "nghiep_doan": "Nghiệp đoàn"}
INDUSTRIES = {
    "doanh_nghiep": "Doanh nghiệp", "co_quan": "Cơ quan", "truong_hoc": "Trường học", "benh_vien": "Bệnh viện",
}  # fmt: skip
EVENT_KINDS = {
    "merge": "Sáp nhập", "split": "Chia tách", "rename": "Đổi tên", "dissolve": "Giải thể",
    "transfer": "Chuyển cấp trên",
}  # fmt: skip
FORMER_NAME = "Tên cũ"
ROLES = {
    "ban_csplqhld": "Ban CSPL&QHLĐ", "ban_tuyen_giao": "Ban Tuyên giáo", "bao_cao_vien": "Người nhập báo cáo",
    "chu_tich_cdcs": "Chủ tịch CĐCS", "chuyen_vien_ttcs": "Chuyên viên cấp trên", "doan_vien": "Đoàn viên",
    "hoi_dong_sk": "Hội đồng sáng kiến", "lanh_dao_ttcs": "Lãnh đạo cấp trên", "quan_tri": "Quản trị",
    "thuong_truc": "Thường trực", "to_ho_tro": "Tổ hỗ trợ sáng kiến", "van_thu": "Văn thư",
}  # fmt: skip
STATUS = {
    "counted": "Đã báo cáo", "late": "Đã báo cáo (sau hạn)", "returned": "Đang hoàn thiện lại",
    "after_lock": "Nhận sau khi khóa", "ended": "Nhận trước khi đơn vị kết thúc", "missing": "Chưa nhận",
}  # fmt: skip
SOURCES = {"phone": "Nhập thay, qua điện thoại", "paper": "Nhập thay, từ bản giấy", "": "Đơn vị tự nhập"}
PROVENANCES = {
    "answered": "Trả lời", "carried": "Giữ số trước", "auto_count": "Trợ lý đếm",
    "implied_zero": "Không phát sinh, ghi 0", "missing": "Không có số",
}  # fmt: skip
STATES = {
    "y_tuong": "Ý tưởng", "moi": "Mới", "rut": "Đã rút", "tiep_nhan": "Đã tiếp nhận", "dang_xu_ly": "Đang xử lý",
    "da_tra_loi": "Đã trả lời", "dong": "Đã đóng", "cong_nhan": "Được công nhận",
}  # fmt: skip
PETITION_KINDS = {"vuong_mac": "Vướng mắc", "kien_nghi": "Kiến nghị"}
DROPPED = {
    "submitted": "Đã nộp, không nhắc", "passed": "Qua thời điểm, không nhắc", "closed": "Đã khóa, không nhắc",
    "asked": "Theo yêu cầu, không nhắc",
}  # fmt: skip
SENT = {
    "sent": "Đã gửi", "queued": "Chờ gửi", "sending": "Đang gửi", "failed": "Không gửi được",
    "unknown": "Không rõ đã đến", "withdrawn": "Đã rút",
}  # fmt: skip
YES = "Có"
CONTENT_HIDDEN = "(có nội dung, không xuất)"
"""In place of a petition's words: whoever is entitled to them reads them elsewhere (DOMAIN 3)."""
CONTINUED = "{title} ({n})"
NAME = "congdoan-{scope}-{at}.{suffix}"
EVERYTHING = "toan-bo"
UNKNOWN_FORM = "Chưa có định dạng {form}. Chọn một trong: {forms}."
