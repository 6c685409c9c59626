"""The words of the leaders' digest, its picture and its workbook: sober, without blame, without personal names (P6)."""

from __future__ import annotations

LABELS = {
    "so_doan_vien": "Đoàn viên",
    "tt_so_cuoc": "Tuyên truyền",
    "tt_luot_nguoi": "Lượt người được tuyên truyền",
    "sk_y_tuong_moi": "Ý tưởng, sáng kiến mới",
    "sk_duoc_cong_nhan": "Sáng kiến được công nhận",
    "xsd_so_dot": "Đợt Xanh - Sạch - Đẹp, ATVSLĐ",
    "goc_xuong_dat": "Góc xưởng sạch, đẹp, an toàn",
    "nha_tro_van_minh": "Khu nhà trọ văn minh",
    "cl_so_nguoi": "Chăm lo",
    "cl_so_tien": "Giá trị chăm lo",
    "quy_dodn_so_tien": "Quỹ Đền ơn đáp nghĩa và ASXH",
    "gs_so_cuoc": "Cuộc giám sát, phản biện",
    "kn_so_moi": "Kiến nghị, đề xuất mới",
    "guong_so": "Gương điển hình, mô hình hay",
    "kt_so_luong": "Tập thể, cá nhân được khen thưởng",
}
"""Short names of the figures, in the order of the report."""
UNITS = {
    "tt_so_cuoc": "cuộc",
    "tt_luot_nguoi": "lượt",
    "cl_so_nguoi": "lượt người",
    "cl_so_tien": "đồng",
    "quy_dodn_so_tien": "đồng",
}
BESIDE = {"tt_luot_nguoi": "{value} lượt", "sk_duoc_cong_nhan": "công nhận {value}"}
"""How a companion is said after its headline."""

ASSESSMENT = "Tự đánh giá"
ASSESSMENT_NAME = "tu_danh_gia"
CHOICES = {"tot": "Tốt", "kha": "Khá", "trung_binh": "Trung bình", "chua_dat": "Chưa đạt"}

TITLE = "BẢN TIN PHONG TRÀO THI ĐUA"
SUPERIOR_TITLE = "TỔNG HỢP BÁO CÁO PHONG TRÀO THI ĐUA"
PERIOD = "Kỳ {period}"
AS_OF = "đến {at}"
HEAD = "{title} – {scope}Kỳ {period} (đến {at})"
NOW = "Theo tổ chức hiện nay."
"""Said where figures do not stand under the superiors of the period (DOMAIN 2, rule 2)."""
COVERAGE = "Đã báo cáo: {submitted}/{owing} đơn vị ({percent}%)"
NOBODY_OWES = "Kỳ này không có đơn vị phải báo cáo."
LATE = "sau hạn {late}"
UNACCEPTED = "chưa duyệt {unaccepted}"
RETURNED = "Đang hoàn thiện lại theo đề nghị: {returned} đơn vị."
AFTER_LOCK = "Nhận sau khi khóa số liệu: {after_lock} đơn vị (tính vào số lũy kế kỳ sau)."
SAME = "không đổi"
COMPARED = "So với tháng {period}."
COMPARED_OVER = "So với tháng {period}, tính trên {units} đơn vị có báo cáo cả hai tháng."
UNDER_SUPERIORS = "Chưa nhận được báo cáo, theo công đoàn cấp trên:"
UNDER_SUPERIOR = "- {name}: {missing}/{owing}"
UNDER_OTHERS = "- {count} công đoàn cấp trên khác: {missing}/{owing}"
NO_SUPERIOR = "Chưa ghi cấp trên"
ALL_IN = "Đã nhận đủ báo cáo của các đơn vị."
INITIATIVES = "Sáng kiến gửi qua Trợ lý trong kỳ: {initiatives}."
OBSTACLES = "Vướng mắc đang mở: {obstacles}."
OBSTACLES_OVERDUE = "Vướng mắc đang mở: {obstacles} ({overdue} việc quá 10 ngày làm việc)."
STAGES = {
    "provisional": "Số liệu tạm tính, chưa khóa.",
    "record": "Số liệu sau hạn nộp, chưa khóa; khóa lúc {closes}.",
    "final": "Số liệu đã khóa lúc {closed}.",
}
MARKS = {"provisional": "TẠM TÍNH", "record": "CHƯA KHÓA", "final": "ĐÃ KHÓA"}

MISSING = "Chưa nhận được báo cáo của {count} đơn vị:"
TO_COMPLETE = "Đang hoàn thiện lại theo đề nghị, {count} đơn vị:"
MISSING_UNIT = "- {name}"
OWN_DUE = "{name} (hạn riêng: hết ngày {due})"
MORE_UNITS = "- và {count} đơn vị khác (xem bảng tổng hợp của Ban CSPL&QHLĐ)"
PLEASE_HELP = "Kính đề nghị liên hệ, hỗ trợ các đơn vị gửi báo cáo trước khi khóa số liệu ({closes})."
LOOKED_AT = "Đơn vị đã xác nhận số liệu khác thường ({count}): {names}."
ALIKE = "Số liệu bốn tháng liền giống hệt nhau ({count}): {names}."
AND_OTHERS = "{names} và {count} đơn vị khác"
CLOSED_FOR_THEM = "Báo cáo gửi sau khi khóa được tính vào số lũy kế kỳ sau."

CHART_COVERAGE = "đơn vị đã báo cáo"
CHART_TOTALS = "Kết quả trong tháng"
CHART_SUPERIORS = "Đã nhận báo cáo, theo công đoàn cấp trên"
CHART_OTHERS = "{count} công đoàn cấp trên khác"
PICTURE_NAME = "bieu_do.png"

NO_SUCH_PERIOD = "Chưa có kỳ báo cáo {period}. Xin ghi tháng theo mẫu 2026-11."
NO_SUCH_ORGANISATION = "Xin chọn tổ chức then (tại kỳ báo cáo) hoặc now (hiện nay)."
NO_SUCH_UNIT = "Không có đơn vị mang mã {code}."

SHEET_TOTALS = "Tổng hợp"
SHEET_UNITS = "Theo đơn vị"
SHEET_MISSING = "Chưa báo cáo"
SHEET_REVIEW = "Nên xem lại"
REVIEW_COLUMNS = (
    "Mã",
    "Đơn vị",
    "Công đoàn cấp trên",
    "Chỉ tiêu",
    "Số liệu",
    "Vì sao hỏi lại",
    "Lý do của đơn vị",
)
DOUBTS = {
    "unusual": "Khác nhiều so với các tháng trước của đơn vị",
    "per_head": "Bình quân khác mức thường gặp",
    "jump": "Chênh nhiều so với tháng trước",
    "above": "Lớn hơn mức thường gặp",
}
ALIKE_ROW = "Số liệu bốn tháng liền giống hệt nhau"
SHEET_TITLE = "TỔNG HỢP KẾT QUẢ PHONG TRÀO THI ĐUA VÀ CUỘC VẬN ĐỘNG"
COVERAGE_ROWS = {
    "owing": "Đơn vị phải báo cáo",
    "submitted": "Đã báo cáo",
    "on_time": "   trong đó: đúng hạn",
    "late": "   trong đó: sau hạn",
    "unaccepted": "   trong đó: chưa duyệt",
    "returned": "Đang hoàn thiện lại",
    "after_lock": "Nhận sau khi khóa",
    "missing": "Chưa nhận",
}
SHARE = "Tỷ lệ đã báo cáo"
COVERAGE_COLUMNS = ("Tình hình báo cáo", "", "Số đơn vị")
ASSESSMENT_COLUMNS = ("Tự đánh giá", "", "Số đơn vị")
OTHER_COLUMNS = ("Nội dung khác", "", "Số lượng")
TOTAL_COLUMNS = ("Chỉ tiêu", "Đơn vị tính", "Trong kỳ", "Kỳ này (đơn vị so sánh)", "Kỳ trước", "Thay đổi")
STOCK_COLUMNS = ("Số hiện có", "", "Cộng", "Số đơn vị có số liệu")
SUPERIOR_COLUMNS = (
    "Công đoàn cấp trên",
    "Phải báo cáo",
    "Đã báo cáo",
    "Chưa nhận",
    "Đang hoàn thiện lại",
    "Tỷ lệ",
)
UNIT_COLUMNS = ("Mã", "Đơn vị", "Công đoàn cấp trên", "Tình trạng")
BEHALF = "Nhập hộ"
ENTERED, SUPERIOR = "{role}, theo {source}", "Công đoàn cấp trên"
MISSING_COLUMNS = ("Mã", "Đơn vị", "Công đoàn cấp trên", "Tình trạng")
STATUS = {
    "counted": "Đã báo cáo",
    "late": "Đã báo cáo (sau hạn)",
    "returned": "Đang hoàn thiện lại",
    "after_lock": "Nhận sau khi khóa",
    "missing": "Chưa nhận",
    "partly": "Đã báo cáo một phần",
    "ended": "Đã báo cáo trước khi kết thúc",
}
ENDED = "{name} (kết thúc, ngày cuối {last})"
OTHER_COUNTS = ("Sáng kiến gửi qua Trợ lý trong kỳ", "Vướng mắc đang mở", "   trong đó: quá 10 ngày làm việc")
PAGE = "Trang &P/&N"
