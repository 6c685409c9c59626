"""Every sentence about reports that a superior enters for a unit; the address is that of who reads it."""

from __future__ import annotations

SOURCES = {"phone": "điện thoại", "paper": "bản giấy"}
"""How a report came in, inside a sentence."""

# ── which unit ──────────────────────────────────────────────────────────────────────────────────────

WHICH_UNIT = (
    "Nhập hộ báo cáo tháng {period}: còn {n} đơn vị chưa báo cáo{page}. "
    "{Dc} chọn một số, hoặc gõ mã hay một phần tên đơn vị."
)
PAGE = " (trang {page}/{of})"
BEGUN = " (đang nhập dở)"
NONE_MISSING = (
    "Các đơn vị {dc} phụ trách đều đã có báo cáo tháng {period}, không cần nhập hộ. "
    "Kỳ khác thì {dc} gõ ví dụ “nhập hộ NB-HLU-01 tháng 10”."
)
FOUND = "Tháng {period} có {n} đơn vị khớp với “{typed}”. {Dc} chọn một số, hoặc gõ rõ hơn."
NOT_FOUND = (
    "Trong các đơn vị {dc} phụ trách có báo cáo tháng {period}, tôi chưa thấy đơn vị nào khớp với “{typed}”. "
    "{Dc} gõ mã, ví dụ NB-HLU-01, hoặc một phần tên đơn vị."
)
OWN_UNIT = "{unit} là đơn vị của chính {dc}. {Dc} gõ BATDAU để báo cáo, không cần nhập hộ."
ALREADY_IN = (
    "Báo cáo tháng {period} của {unit} đã được nhận, mã {code}, nên tôi không nhập hộ nữa. "
    "Cần sửa thì cán bộ của đơn vị gõ SUA và số mục."
)
RETURNED = (
    "Báo cáo tháng {period} của {unit}, mã {code}, đang được trả lại để đơn vị bổ sung nên tôi không nhập hộ. "
    "Cán bộ của đơn vị gõ SUA và số mục để bổ sung."
)

# ── somebody has begun ──────────────────────────────────────────────────────────────────────────────

DRAFT_THERE = (
    "{Editor} đang nhập báo cáo tháng {period} của {unit} ({done}/{of} câu, lần cuối {at}). "
    "{Dc} nhập tiếp từ bản nháp đó, hay để {editor} hoàn thành?"
)
LEFT = "Vâng, bản nháp để đơn vị hoàn thành; tôi không thay đổi gì."
TAKEN_BACK = (
    "Cán bộ của {unit} đã tự nhập tiếp báo cáo tháng {period}, nên {dc} không cần nhập hộ nữa. Cảm ơn {dc}."
)
GIVE_BACK = "Thôi nhập hộ và trả bản nháp lại cho đơn vị? Các câu đã trả lời vẫn được giữ."
GIVEN_BACK = "Đã trả bản nháp lại cho đơn vị; các câu đã trả lời vẫn được giữ. Khi cần, {dc} gõ NHAPHO."
CANCELLED = "Đã bỏ bản nháp nhập hộ. Khi cần, {dc} gõ NHAPHO để nhập hộ, hoặc GIUP để xem hướng dẫn."

# ── how it came ─────────────────────────────────────────────────────────────────────────────────────

HOW = "Báo cáo tháng {period} của {unit}: đơn vị báo bằng điện thoại hay bản giấy?"
PHOTO = (
    "{Dc} chụp và gửi giúp ảnh bản giấy; các trang sau gửi tiếp trong lúc trả lời cũng được. "
    "Không có ảnh thì gõ BOQUA."
)
PHOTO_TYPE = "Tôi chỉ nhận ảnh jpg, png hoặc tệp PDF của bản giấy. {Dc} gửi lại giúp, hoặc gõ BOQUA."
PHOTO_KEPT = "Đã lưu ảnh bản giấy."
PAGE_KEPT = "Đã lưu thêm một trang bản giấy."

# ── in, and known to be ─────────────────────────────────────────────────────────────────────────────

ENTERING = "{Dc} {who} nhập hộ theo {source}."
RECEIPT = (
    "Đã nhận báo cáo tháng {period} của {unit} lúc {at}{late}, mã {code}; {dc} {who} nhập hộ theo {source}."
)
LATE = " (sau hạn)"
RECEIPT_AFTER_LOCK = "Số liệu kỳ này đã khóa nên báo cáo được tính vào số lũy kế kỳ sau."
OFFICERS_TOLD = "Tôi đã báo cho {n} cán bộ của đơn vị để kiểm tra. Xin cảm ơn {dc}."
NOBODY_TOLD = "Đơn vị chưa có ai nhận được tin của Trợ lý, mong {dc} báo lại mã này giúp."
NOTICE = (
    "Kính gửi {ten}. {Dc} {who} vừa nhập hộ báo cáo tháng {period} của {unit} theo {source}, mã {code}:\n{lines}\n"
    "Chưa đúng thì {dc} gõ SUA và số mục, ví dụ SUA 2, hoặc gõ HOTRO."
)
NOTICE_LOCKED = (
    "Kính gửi {ten}. {Dc} {who} vừa nhập hộ báo cáo tháng {period} của {unit} theo {source}, mã {code}:\n{lines}\n"
    "Số liệu kỳ này đã khóa; chưa đúng thì {dc} gõ HOTRO."
)
EDIT_ENTERED = "Báo cáo nhập hộ đã nộp vẫn giữ nguyên. Cần sửa thì cán bộ của đơn vị gõ SUA và số mục."

# ── buttons ─────────────────────────────────────────────────────────────────────────────────────────

BUTTON = "Nhập hộ đơn vị"
MORE = "Xem thêm"
TAKE_OVER = "1 Nhập tiếp bản nháp"
LEAVE = "2 Để đơn vị hoàn thành"
PHONE = "1 Điện thoại"
PAPER = "2 Bản giấy"
NO_PHOTO = "Bỏ qua ảnh"
