"""Every sentence about a report that is in: what changed, the picture, the list, checking a code."""

from __future__ import annotations

# ── what changed ────────────────────────────────────────────────────────────────────────────────────

COMPARED = "So với tháng {period}: {changes}."
CHANGE = "{now} (tháng trước {before})"
NONE_BEFORE = "không có"
UNCHANGED = "{what} không đổi"
ALL_UNCHANGED = "số liệu không đổi"
FIGURES_IN_WORDS = {
    "tt_so_cuoc": "tuyên truyền {n} cuộc",
    "tt_luot_nguoi": "tuyên truyền {n} lượt người",
    "sk_y_tuong_moi": "{n} ý tưởng, sáng kiến mới",
    "sk_duoc_cong_nhan": "{n} sáng kiến được công nhận",
    "xsd_so_dot": "Xanh - Sạch - Đẹp {n} đợt",
    "cl_so_nguoi": "chăm lo {n} lượt",
    "cl_so_tien": "chăm lo {n} đồng",
    "quy_dodn_so_tien": "ủng hộ Quỹ Đền ơn đáp nghĩa và ASXH {n} đồng",
    "gs_so_cuoc": "giám sát, phản biện {n} cuộc",
    "kn_so_moi": "{n} kiến nghị mới",
    "guong_so": "{n} gương điển hình",
    "kt_so_luong": "khen thưởng {n} lượt",
}
"""A figure in a sentence; any other question is called what its summary line calls it."""
CORRECTED = "Nội dung đã sửa:"
NOTHING_CORRECTED = "Các câu trả lời không đổi so với bản trước."
LINE = "Mục {n} ({short}): {change}"
LINE_NOT_ASKED = "{short}: {change}"
FROM_TO = "{before} → {now}"
REWRITTEN, ADDED, LEFT_OUT = "đã viết lại", "đã thêm", "đã bỏ"
MORE = "và {n} mục khác"
SUPERIOR_TOLD = (
    "{unit} vừa gửi bản sửa lần {n} của báo cáo tháng {period}, mã {code}; bản trước đã được chấp nhận.\n"
    "{changes}\nXem báo cáo: gõ kiểm tra {code}."
)
SEE = "Xem báo cáo"

# ── the receipt ─────────────────────────────────────────────────────────────────────────────────────

PICTURE = (
    "Biên nhận báo cáo tháng {period}, mã {code}, mã kiểm tra {check}. "
    "{Dc} có thể chuyển ảnh này cho lãnh đạo đơn vị, công đoàn cấp trên."
)
PICTURE_NAME = "bien-nhan-{code}.png"
DRAWING = "Tôi đang lập ảnh biên nhận tháng {period} của {unit}, sẽ gửi {dc} ngay."
NO_RECEIPT_YET = "{Dc} chưa nộp báo cáo tháng nào nên chưa có biên nhận. Gõ BATDAU để báo cáo."
FIRST_VERSION, CORRECTION = "Bản nộp đầu", "Bản sửa lần {n}"
ON_PICTURE = {
    "title": "BIÊN NHẬN BÁO CÁO THÁNG {period}",
    "received": "Nhận lúc",
    "by": "Người gửi",
    "rest": "Các mục còn lại: ghi 0.",
    "more": "và {n} mục khác",
    "check": "Mã kiểm tra",
    "how": "Để kiểm tra, nhắn cho Trợ lý:",
    "say": "kiểm tra {code}",
    "foot": "Trợ lý báo cáo Công đoàn lập tự động từ báo cáo đã nhận.",
}
SENDERS = {"phone": "Cấp trên nhập hộ (điện thoại)", "paper": "Cấp trên nhập hộ (bản giấy)"}
SENDER_UNKNOWN = "Cán bộ công đoàn của đơn vị"
RECEIPT_BUTTON = "Gửi ảnh biên nhận"

# ── the list of own reports ─────────────────────────────────────────────────────────────────────────

HISTORY = "Báo cáo đã nộp của {unit}{pages}:"
HISTORY_OF_SEVERAL = "Báo cáo đã nộp của {n} đơn vị{pages}:"
HISTORY_OF_MONTH = "Báo cáo tháng {period} của đơn vị nào?"
PAGES = " (trang {page}/{of})"
REPORT = "{n}. Tháng {period}{unit} – {state} ({at}), mã {code}{notes}"
OF_UNIT = ", {unit}"
CORRECTED_TIMES = ", đã sửa {n} lần"
BEHALF = ", cấp trên nhập hộ"
HISTORY_END = "{Dc} gõ số thứ tự hoặc tháng để mở, ví dụ 1 hoặc tháng {month}."
HISTORY_MORE = "Xem tiếp: gõ TIEP."
NO_HISTORY = "{Dc} chưa nộp báo cáo tháng nào qua Trợ lý. Gõ BATDAU để báo cáo."
NOT_IN_LIST = "Danh sách không có số {typed}. {Dc} gõ lại giúp số thứ tự hoặc tháng, ví dụ 1."
NO_SUCH_MONTH = "Tôi không thấy báo cáo tháng {month} đã nộp. {Dc} gõ LICHSU để xem danh sách."
MONTH_BUTTON = "Tháng {period}"
NEXT_PAGE = "Xem tiếp"
STATE_LINE = "Trạng thái: {state}; nhận lúc {at}{notes}."
OPENED_END = "{Dc} gõ SUA 2 để sửa mục 2, DOANVAN để lấy đoạn văn, BIENNHAN để nhận ảnh biên nhận."
OPENED_END_LOCKED = "Số liệu đã khóa; {dc} gõ DOANVAN để lấy đoạn văn, BIENNHAN để nhận ảnh biên nhận, HOTRO nếu cần điều chỉnh."
OPENED_NUMBER = "Muốn sửa mục {n} của báo cáo này, {dc} gõ SUA {n}. Muốn mở báo cáo khác, gõ LICHSU."
OPENED_NUMBER_LOCKED = (
    "Mục {n} của báo cáo này không sửa được nữa vì số liệu đã khóa. Muốn mở báo cáo khác, {dc} gõ LICHSU."
)
LIST_BUTTON = "Các báo cáo đã nộp"
STATES = {
    "submitted": "đã nộp",
    "accepted": "được chấp nhận",
    "auto_accepted": "được chấp nhận",
    "returned": "được đề nghị xem lại",
}

# ── checking a code ─────────────────────────────────────────────────────────────────────────────────

WHICH_CODE = "{Dc} gõ mã in trên biên nhận, ví dụ BC-202612-00017. Có mã kiểm tra thì gõ kèm phía sau."
NO_SUCH_CODE = "Tôi không thấy báo cáo nào có mã {code} trong phạm vi của {dc}. {Dc} kiểm tra lại mã in trên biên nhận giúp."
NO_SUCH_CODE_HERE = "Không thấy báo cáo nào có mã {code}."
VERIFIED = "Báo cáo tháng {period} – {unit}, mã {code}."
VERIFIED_STATE = "{version}, nhận lúc {at}. Trạng thái: {state}."
VERIFIED_BEFORE = "Nộp lần đầu lúc {at}."
CHECK_IS = {
    "same": "Mã kiểm tra {check} khớp: số liệu trên biên nhận là số liệu đang lưu.",
    "earlier": "Mã kiểm tra {check} khớp với {version} (nhận lúc {at}). Bản này đã được sửa sau đó: {latest} lúc {latest_at}.",
    "wrong": "Mã kiểm tra {check} KHÔNG khớp với bản nào của báo cáo này. Xin dùng số liệu dưới đây, không dùng số liệu trên ảnh.",
}
FIGURES = "Số liệu đang lưu:"
IDEA_VERIFIED = "Sáng kiến mã {code} – {unit}, nhận ngày {at}. Tình trạng: {state}."
IDEA_STATES = {
    "y_tuong": "ý tưởng, đang chờ Tổ hỗ trợ",
    "uom_mam": "đang ươm mầm",
    "hoan_thien": "đang hoàn thiện",
    "tam_dung": "tạm dừng",
    "khong_phu_hop": "đã có góp ý",
    "cong_nhan": "được công nhận",
}
IDEA_ON_THE_WAY = "đang xử lý"
