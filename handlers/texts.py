"""Every sentence that the bot says and that is not in a form; placeholders: {dc} đồng chí, {Dc} Đồng chí, {ten} with the name.

Two sentences at most before a question, an example when something was wrong, no blame (DOMAIN 9).
"""

from __future__ import annotations

ADDRESS_FORMS = {"dong_chi": "đồng chí", "anh_chi": "anh/chị"}


def say(template: str, address_form: str, name: str, /, **values: object) -> str:
    """Fill a template; what people typed goes in as a value and is never read as a template."""
    dc = ADDRESS_FORMS.get(address_form, "đồng chí")
    given = name.rsplit(maxsplit=1)[-1] if name.split() else ""
    return template.format(dc=dc, Dc=dc[0].upper() + dc[1:], ten=f"{dc} {given}".strip(), **values)


# ── people we do not know ───────────────────────────────────────────────────────────────────────────

STRANGER = (
    "Kính chào {dc}. Tôi là Trợ lý báo cáo Công đoàn, trả lời tự động. "
    "Để tham gia, {dc} gửi mã mời do công đoàn cấp trên cấp, hoặc chia sẻ số điện thoại của chính mình tại đây."
)
NO_UNIT = (
    "{Dc} hiện không được giao đơn vị nào để báo cáo. "
    "Nếu chưa đúng, mong {ten} gõ HOTRO hoặc liên hệ công đoàn cấp trên."
)
POST_BEGINS = (
    "{Dc} nhận chức trách {post} từ ngày {since}. Trước ngày đó {dc} chưa cần làm gì; cần hỏi thì gõ HOTRO."
)
NOT_ALLOWED = "Việc này không thuộc chức trách của {dc} trên hệ thống nên tôi không làm gì. Cần quyền này thì {dc} liên hệ công đoàn cấp trên."
ERRAND_LEFT = "Vâng, tôi dừng việc này; chưa có gì thay đổi."
TASK_FAILED = "Xin lỗi {dc}, tôi gặp lỗi khi làm việc vừa rồi (mã {reference}) nên chưa có gì thay đổi. {Dc} gửi lại giúp sau ít phút."
NOT_A_REPORTER = "Kính chào {ten}. Tài khoản này nhận bản tin và danh sách đơn vị; báo cáo tháng do cán bộ công đoàn cơ sở nhập. Gõ GIUP để xem các việc {dc} làm được."

# ── nothing is being asked ──────────────────────────────────────────────────────────────────────────

MENU = (
    "Kính chào {ten}. Tôi là Trợ lý báo cáo Công đoàn, trả lời tự động. "
    "{Dc} gõ BATDAU để báo cáo tháng, SANGKIEN để gửi sáng kiến, GIUP để xem hướng dẫn."
)
HELP = "Các từ {dc} có thể gõ, có dấu hay không dấu đều được:"
HELP_LINES = {
    "start": "BATDAU – báo cáo tháng",
    "resume": "TIEPTUC – làm tiếp bản nháp",
    "idea": "SANGKIEN – gửi sáng kiến",
    "paragraph": "DOANVAN – lấy đoạn văn dán vào báo cáo của đơn vị",
    "history": "LICHSU – xem các báo cáo đã nộp, lấy lại biên nhận",
    "verify": "KIEMTRA – kiểm tra biên nhận, ví dụ KIEMTRA BC-202612-00017",
    "human": "HOTRO – hỏi cán bộ công đoàn cấp trên",
    "privacy": "DULIEU – xem, sửa, xuất, xóa dữ liệu cá nhân",
    "change_unit": "DOIDONVI – báo cáo cho đơn vị khác",
    "behalf": "NHAPHO – nhập hộ báo cáo của một đơn vị, theo điện thoại hay bản giấy",
    "questions": "CAUHOI – các câu hỏi của cán bộ đang chờ trả lời",
    "connections": "KETNOI – ai đã kết nối, ai chưa",
    "invite": "MOI – mời người chưa kết nối",
    "hand_over": "BANGIAO – bàn giao chức trách cho người mới",
    "deputy": "THEMNGUOINHAP, THOINGUOINHAP – thêm, bớt người nhập báo cáo",
    "roster": "DANHSACH – sửa danh sách đơn vị, cán bộ bằng tệp Excel",
    "pause": "TAMDUNG, CHAYLAI – dừng, gửi lại mọi lời nhắc và bản tin",
    "data_requests": "YEUCAUDULIEU – các yêu cầu về dữ liệu cá nhân đang chờ",
    "audit": "NHATKY – ai đã thay đổi gì",
    "address_form": "XUNGHO – đổi cách xưng hô",
    "help": "Khi đang trả lời: QUAYLAI, BOQUA, DESAU, XEMLAI, SUA 5, HUY, GIUP.",
}
"""Command → its line of the help, for those who may give it."""
UNKNOWN_COMMAND = "Tôi chưa có lệnh “{typed}”. {Dc} gõ GIUP để xem các lệnh."
NOT_YET = "Mục này chưa mở. {Dc} gõ BATDAU để báo cáo tháng hoặc SANGKIEN để gửi sáng kiến."
EMPTY = "Tôi chưa nhận được nội dung trong tin nhắn. {Dc} gõ giúp câu trả lời, hoặc gõ GIUP để xem hướng dẫn."
FILE_WITHOUT_QUESTION = (
    "Tôi chưa dùng được tệp này vì chưa có câu hỏi nào cần tệp. {Dc} gõ BATDAU để báo cáo tháng."
)
STICKER = "Tôi chưa đọc được nhãn dán. {Dc} gõ giúp bằng chữ hoặc số."
STALE_BUTTON = "Nút này thuộc câu hỏi trước nên tôi không ghi lại. {Dc} trả lời câu đang hỏi, hoặc gõ TIEPTUC để xem lại câu đó."
BUTTON_NOT_YOURS = "Nút này không dùng được từ tài khoản của {dc} nên tôi không làm gì. {Dc} gõ TIEPTUC để làm tiếp bản nháp, GIUP để xem hướng dẫn."
UNREADABLE = "Tôi chưa đọc được loại tin nhắn này. {Dc} gõ giúp bằng chữ hoặc số."
VOICE_UNHEARD = "Tôi chưa nghe được tin thoại. {Dc} gõ giúp bằng chữ hoặc số."
VOICE_KEPT = "Tôi đã lưu tin thoại nhưng chưa nghe được nội dung. {Dc} gõ giúp câu trả lời bằng chữ hoặc số."
FILE_TOO_LARGE = "Tệp lớn quá 20 MB nên tôi chưa lưu được. {Dc} gửi giúp tệp nhỏ hơn."
EDITED_FILE = "Tôi vẫn giữ tệp đã gửi trước. {Dc} gửi tệp mới thành một tin nhắn khác nếu muốn thay."
APOLOGY = (
    "Xin lỗi {dc}, tôi gặp lỗi khi xử lý tin nhắn vừa rồi (mã {reference}). "
    "Các câu trả lời trước vẫn còn; {dc} gửi lại giúp tin nhắn đó."
)
REPORT_IS_IN = "Báo cáo tháng {period} của {unit} đã được nhận, mã {code}. Xin cảm ơn {dc}; cần xem lại thì gõ XEMLAI, có sáng kiến thì gõ SANGKIEN."
NOTHING_TO_RESUME = (
    "{Dc} không có bản nháp nào đang làm dở. Gõ BATDAU để báo cáo tháng, SANGKIEN để gửi sáng kiến."
)
NOTHING_TO_CANCEL = "Vâng, hiện không có việc gì đang dở."
NOTHING_OPEN = (
    "Hiện không có câu hỏi nào đang chờ. {Dc} gõ BATDAU để báo cáo tháng, TIEPTUC để làm tiếp bản nháp."
)
REMIND_LATER = "Tôi sẽ nhắc {ten} vào {when}. Khi tiện, {dc} gõ BATDAU để báo cáo."
REMIND_PAUSED = (
    "Các lời nhắc đang tạm dừng nên tôi chưa hẹn giờ nhắc {ten} được. Khi tiện, {dc} gõ BATDAU để báo cáo."
)
NOTHING_TO_REMIND = "Báo cáo tháng {period} đã nộp rồi nên tôi không nhắc thêm. Xin cảm ơn {dc}."
NO_REMINDER_LEFT = "Kỳ này sắp khóa số liệu nên tôi không nhắc thêm. Khi tiện, {dc} gõ BATDAU để báo cáo."
NO_MORE_REMINDERS = (
    "Tôi sẽ không nhắc {ten} về báo cáo tháng {period} nữa. Khi tiện, {dc} gõ BATDAU để báo cáo."
)

# ── asking ──────────────────────────────────────────────────────────────────────────────────────────

PROGRESS = "Câu {n}/{of}. {label}"
NOTED = "Đã ghi: {value}."
NOTED_CARRIED = "Đã ghi: {value} (như tháng trước)."
WORDS = "nội dung"
FILES = "{n} ảnh"
WITH_FILES = "{value}, kèm {n} ảnh"
NOTED_TEXT = "Đã ghi."
HELD = "Đang ghi: {value}."
HELD_OPTIONS = "Đang ghi: {value}. Thêm thì gõ “thêm {other}”, bớt thì gõ “bỏ {here}”, xong thì gõ XONG."
NOTED_NOTHING = "Đã ghi: không có."
PARTS = "Đã nhận. {Dc} viết tiếp nếu còn, hoặc gõ XONG để sang câu sau."
PARTS_OR_FILES = "Đã ghi câu này. {Dc} gửi thêm ảnh nếu có (tối đa {most}), hoặc gõ XONG."
FILE_KEPT = "Đã nhận ảnh {n}/{most}. {Dc} gửi thêm, viết thêm, hoặc gõ XONG."
FILES_FULL = "Câu này nhận tối đa {most} ảnh nên tôi chưa lưu ảnh vừa gửi. {Dc} gõ XONG để sang câu sau."
FILE_NOT_WANTED = (
    "Câu này chưa cần ảnh hay tệp nên tôi chưa lưu tệp vừa gửi. {Dc} trả lời giúp bằng chữ hoặc số."
)
FILE_TYPE = "Tôi chỉ nhận ảnh jpg, png ở câu này. {Dc} gửi lại giúp ảnh khác, hoặc gõ XONG."
FILES_FULL_AT_SUMMARY = "Báo cáo đã có đủ {most} ảnh nên tôi chưa lưu ảnh vừa gửi. {Dc} gõ GUI để nộp."
FILE_KEPT_AT_SUMMARY = "Đã nhận ảnh {n}/{most} cho mục {short}. {Dc} gõ GUI để nộp."
NOTHING_COLLECTED = "Tôi chưa nhận được nội dung nào cho câu này. {Dc} viết giúp một, hai câu."

# ── reading: why an answer was not taken ────────────────────────────────────────────────────────────

ASK = {
    "int": "Tôi chưa đọc được số trong câu “{typed}”. {Dc} nhập giúp một số nguyên, ví dụ {example}; không có thì gõ 0.",
    "money": "Tôi chưa đọc được số tiền trong câu “{typed}”. {Dc} ghi rõ đơn vị, ví dụ 500k, 15 triệu; không có thì gõ 0.",
    "dec": "Tôi chưa đọc được số trong câu “{typed}”. {Dc} nhập giúp một số, ví dụ 98,5.",
    "date": "Tôi chưa đọc được ngày trong câu “{typed}”. {Dc} nhập giúp ngày/tháng, ví dụ 17/10.",
    "yn": "Tôi chưa rõ câu “{typed}”. {Dc} trả lời Có hoặc Không.",
    "one": "Tôi chưa thấy lựa chọn nào khớp với “{typed}”. {Dc} trả lời bằng một số trong danh sách.",
    "multi": "Tôi chưa thấy lựa chọn nào khớp với “{typed}”. {Dc} trả lời bằng số, ví dụ 1 3.",
    "text": "Tôi chưa nhận được nội dung. {Dc} viết giúp một, hai câu.",
}
ASK_BECAUSE = {
    "empty": "Tôi chưa nhận được nội dung trong tin nhắn. {Dc} gõ giúp câu trả lời, ví dụ {example}.",
    "too_long": "Tin nhắn này dài quá, câu này chỉ cần một câu trả lời ngắn. {Dc} nhập lại giúp, ví dụ {example}.",
    "unknown": "Nếu chưa có số liệu, {dc} gõ DESAU để trả lời sau. Có rồi thì nhập giúp, ví dụ {example}.",
    "vague": "“{typed}” chưa phải là một số cụ thể. {Dc} ghi giúp một số, ví dụ {example}.",
    "bound": "“{typed}” chưa phải là một số cụ thể. {Dc} ghi giúp đúng số, ví dụ {example}.",
    "range": "“{typed}” là một khoảng. {Dc} ghi giúp một số cụ thể, ví dụ {example}.",
    "ratio": "Tôi chưa rõ lấy số nào trong “{typed}”. {Dc} ghi giúp một số, ví dụ {example}.",
    "relative": "Tôi chưa tính được từ “{typed}”. {Dc} ghi giúp số của tháng này, ví dụ {example}.",
    "negation": "Tôi chưa rõ câu “{typed}”. Không có thì {dc} gõ 0; có thì ghi giúp một số, ví dụ {example}.",
    "negative": "Tôi không ghi được số âm. {Dc} nhập giúp một số từ 0 trở lên.",
    "arithmetic": "{Dc} tính giúp “{typed}” thành một số, ví dụ {example}.",
    "two_numbers": "Câu “{typed}” có nhiều số. {Dc} chỉ ghi giúp {counted}, ví dụ {example}.",
    "two_dates": "Câu “{typed}” có nhiều ngày. {Dc} ghi giúp một ngày, ví dụ 17/10.",
    "several": "Câu này chỉ chọn một mục. {Dc} chọn giúp một số trong danh sách.",
    "unit_price": "“{typed}” là mức cho mỗi người, mỗi suất. {Dc} ghi giúp tổng số tiền, ví dụ 15 triệu.",
    "no_unit": "“{typed}” là bao nhiêu đồng, nghìn hay triệu? {Dc} ghi kèm đơn vị, ví dụ 500k, 15 triệu.",
    "no_unit_alone": "“{typed}” là nghìn hay triệu đồng? {Dc} gõ thêm “nghìn” hoặc “triệu”, hoặc gõ lại cả số, ví dụ 15 triệu.",
    "money": "Câu này hỏi {counted}, chưa hỏi tiền. {Dc} ghi giúp {counted}, ví dụ {example}{zero}.",
    "wrong_unit": "Tôi chưa khớp được “{typed}” với câu hỏi. {Dc} nhập giúp, ví dụ {example}.",
    "currency": "Tôi chỉ ghi được tiền Việt Nam. {Dc} quy đổi giúp ra đồng, ví dụ 15 triệu.",
    "separator": "Tôi chưa rõ dấu chấm, dấu phẩy trong “{typed}”. {Dc} viết lại giúp, ví dụ {example}.",
    "bad_groups": "Tôi chưa rõ “{typed}” là số nào vì dấu chấm đặt không đều. {Dc} viết lại giúp, ví dụ {example}.",
    "tail": "“{typed}” có thể đọc theo hai cách. {Dc} viết đủ giúp, ví dụ 2 triệu 50 nghìn.",
    "unit": "Câu này hỏi số lượng. {Dc} nhập giúp một số, ví dụ {example}.",
    "ordinal": "“{typed}” là số thứ tự. {Dc} ghi giúp số lượng, ví dụ {example}.",
    "other_period": "Tôi cần số của tháng này. {Dc} nhập giúp, ví dụ {example}.",
    "question": "Cần hỏi thêm thì {dc} gõ HOTRO để gặp cán bộ công đoàn cấp trên. Trả lời được ngay thì nhập giúp, ví dụ {example}.",
    "perhaps_zero": "Nếu không có nội dung nào, {dc} trả lời “không phát sinh”. Có thì nhập giúp, ví dụ {example}.",
    "too_large": "Số “{typed}” lớn hơn mức thường gặp nhiều lần. {Dc} kiểm tra và nhập lại giúp.",
    "future": "Ngày “{typed}” chưa đến. {Dc} kiểm tra và nhập lại giúp, ví dụ 17/10.",
    "too_old": "Ngày “{typed}” đã lâu quá. {Dc} kiểm tra lại năm giúp, ví dụ 17/10.",
    "no_such_day": "Không có ngày “{typed}” trong lịch. {Dc} kiểm tra và nhập lại giúp, ví dụ 17/10.",
    "weekday": "Thứ và ngày trong “{typed}” chưa khớp nhau. {Dc} ghi giúp ngày/tháng, ví dụ 17/10.",
    "day_only": "“{typed}” chưa có tháng. {Dc} ghi giúp ngày/tháng, ví dụ 17/10.",
    "lunar": "Tôi ghi ngày dương lịch. {Dc} đổi giúp ra ngày dương, ví dụ 17/10.",
    "not_in_list": "“{typed}” không có trong danh sách. {Dc} chọn số trong danh sách, ví dụ {example}.",
    "not_clear": "Tôi chưa rõ câu “{typed}” là có hay không. {Dc} trả lời Có hoặc Không.",
    "exclusive": "Các mục này không đi cùng nhau. {Dc} chọn lại giúp, ví dụ {example}.",
    "glued": "“{typed}” có thể là nhiều mục. {Dc} viết cách nhau giúp, ví dụ {apart}.",
    "no_previous": "Tôi chưa có số kỳ trước của đơn vị. {Dc} nhập giúp số của kỳ này, ví dụ {example}.",
}
"""By the reader's reason; every other reason gets the sentence of the question's kind above."""
COUNTED = "số {unit}"
COUNTED_MONEY = "số tiền"
COUNTED_ANY = "một số"
SMALL_EXAMPLE = "2"
EXAMPLES = {
    "int": "25",
    "money": "15 triệu",
    "dec": "98,5",
    "date": "17/10",
    "yn": "Có",
    "one": "1",
    "multi": "1 3",
    "text": "một, hai câu",
}
REQUIRED = "Câu này cần có câu trả lời. Không có thì gõ 0; chưa có số liệu thì gõ DESAU."
REQUIRED_TEXT = "Câu này cần có câu trả lời. Chưa viết được ngay thì {dc} gõ DESAU."
FIRST_QUESTION = "Đây là câu đầu tiên nên không quay lại được nữa."
EXPLAIN = "{Dc} trả lời câu dưới đây, ví dụ {example}. Cần người hỗ trợ thì gõ HOTRO."

# ── confirming ──────────────────────────────────────────────────────────────────────────────────────

CONFIRM = "Tôi ghi: {short}: {value}. Trả lời ĐÚNG, hoặc gõ lại."
CONFIRM_REUSE = (
    "Dùng lại số của tháng trước cho mục {short}: {value}? Trả lời ĐÚNG, hoặc gõ số của tháng này."
)
CONFIRM_AGAIN = "{Dc} nhập lại giúp."

# ── a message that was edited in the chat ───────────────────────────────────────────────────────────

EDITED = "Tôi chưa đổi câu trả lời theo tin nhắn vừa sửa. {Dc} gõ SUA và số mục, ví dụ SUA 2, để sửa."
EDIT_TAKEN = "Đã sửa câu {n} ({short}) từ {old} thành {new}."
EDIT_UNREAD = "Tôi chưa sửa theo tin nhắn này nên mục {n} ({short}) vẫn ghi {old}. {Dc} gõ SUA {n} để sửa."
EDIT_SUBMITTED = "Báo cáo đã nộp vẫn giữ nguyên: mục {n} ({short}) ghi {old}. {Dc} gõ SUA {n} nếu cần sửa."
EDIT_IDEA = "Phiếu sáng kiến đã gửi vẫn giữ nguyên. {Dc} gõ HOTRO nếu cần sửa."

# ── summary, cancelling ─────────────────────────────────────────────────────────────────────────────

SUMMARY_LINE = "{n}) {short}: {value}"
SUMMARY_COUNTED = "Tôi đã ghi nhận qua các phiếu đã gửi: {items}."
SUMMARY_ZERO = "Các mục còn lại: ghi 0."
SUMMARY_END = "CHƯA NỘP: gõ GUI để nộp, SUA 2 để sửa mục 2."
SUMMARY_UNREAD = (
    "Nội dung này chưa được nộp. {Dc} gõ GUI để nộp, SUA và số mục để sửa, hoặc DESAU để nộp sau."
)
NO_SUCH_LINE = "Không có mục {n}; các mục từ 1 đến {of}. {Dc} gõ lại giúp, ví dụ SUA 2."
WHICH_LINE = "{Dc} muốn sửa mục mấy? Gõ ví dụ SUA 2."
NOT_FINISHED = "Còn {n} câu chưa trả lời nên chưa nộp được."
CANCEL = "Bỏ bản nháp này? Các câu đã trả lời trong bản nháp sẽ bị xóa."
CANCEL_CORRECTION = "Bỏ phần đang sửa? Báo cáo đã nộp vẫn giữ nguyên."
CANCELLED = "Đã bỏ bản nháp. Khi cần, {dc} gõ BATDAU để báo cáo, SANGKIEN để gửi sáng kiến."
CANCELLED_CORRECTION = "Đã bỏ phần đang sửa; báo cáo đã nộp giữ nguyên."
NOT_CANCELLED = "Bản nháp vẫn được giữ."
PAUSED = "Đã lưu bản nháp, {done}/{of} câu. Khi tiện, {ten} gõ TIEPTUC để làm tiếp."

# ── the monthly report ──────────────────────────────────────────────────────────────────────────────

REPORT_HEADING = "Báo cáo tháng {period} – {unit} (hạn: hết ngày {due})."
REPORT_HEADING_LATE = "Báo cáo tháng {period} – {unit} (đã quá hạn ngày {due}, hệ thống vẫn nhận đến {lock})."
REPORT_HEADING_LOCKED = (
    "Báo cáo tháng {period} – {unit} (đã quá hạn ngày {due} và đã khóa số liệu; "
    "báo cáo vẫn được nhận, tính vào số lũy kế kỳ sau)."
)
REPORT_TAKES_OVER = "Báo cáo gồm cả phần của {names}, đã sáp nhập vào đơn vị trong tháng."
REPORT_TITLE = "Báo cáo tháng {period} – {unit}"
NO_PERIOD = "Hiện chưa có kỳ báo cáo nào mở. Tôi sẽ nhắn {ten} khi kỳ báo cáo mở."
REPORTS_FROM = "{unit} bắt đầu gửi báo cáo qua Trợ lý từ tháng {month}. Trước đó {dc} chưa cần làm gì; đến kỳ, tôi sẽ nhắn {ten}."
REPORTS_LATER = (
    "{unit} chưa đến đợt gửi báo cáo qua Trợ lý. {Dc} chưa cần làm gì; đến đợt, tôi sẽ nhắn {ten}."
)
OTHER_PERIOD = "Kỳ báo cáo trong tin nhắc này đã qua. {Dc} gõ BATDAU để báo cáo kỳ hiện nay."
ALREADY_SENT = (
    "Báo cáo tháng {period} của {unit} đã được nhận lúc {at}, mã {code}. "
    "{Dc} gõ SUA và số mục để sửa, XEMLAI để xem lại, DOANVAN để lấy đoạn văn."
)
LOCKED = (
    "Số liệu tháng {period} đã khóa, chỉ Ban CSPL&QHLĐ điều chỉnh được. {Dc} gõ HOTRO nếu cần điều chỉnh."
)
SOMEBODY_WRITES = (
    "{Editor} đang nhập báo cáo này ({done}/{of} câu, lần cuối {at}). "
    "{Dc} muốn làm tiếp bản nháp chung hay để {editor} hoàn thành?"
)
COLLEAGUE = "{dc} {name}"
SOMEBODY = "một {dc} khác"
TAKEN_OVER = "{Editor} đang nhập tiếp báo cáo này nên tôi chưa ghi tin nhắn vừa rồi. {Dc} gõ TIEPTUC nếu muốn nhập thay."
LEFT_TO_OTHER = "Vâng, bản nháp để {dc} ấy hoàn thành. Khi cần, {dc} gõ TIEPTUC."
WENT_ON_ELSEWHERE = "{Dc} đã làm tiếp báo cáo này trên tài khoản khác nên tôi chưa ghi tin nhắn vừa rồi. Đây là chỗ đang dừng."

RECEIPT = "Đã nhận báo cáo tháng {period} của {unit} lúc {at}, mã {code}. Xin cảm ơn {dc}."
RECEIPT_LATE = "Đã nhận báo cáo tháng {period} của {unit} lúc {at} (sau hạn), mã {code}. Xin cảm ơn {dc}."
RECEIPT_NEXT = "Gõ DOANVAN để lấy đoạn văn dán vào báo cáo tháng của đơn vị."
RECEIPT_AFTER_LOCK = (
    "Đã nhận báo cáo tháng {period} của {unit} lúc {at}, mã {code}. "
    "Số liệu kỳ này đã khóa nên báo cáo được tính vào số lũy kế kỳ sau. Xin cảm ơn {dc}."
)
RECEIPT_AGAIN = (
    "Đã nhận bản sửa lần {n} của báo cáo tháng {period}, {unit}, lúc {at}, mã {code}. Xin cảm ơn {dc}."
)
NO_REPORT_YET = "{Dc} chưa nộp báo cáo tháng nào nên chưa có gì để xem lại. Gõ BATDAU để báo cáo."
NO_PARAGRAPH_YET = "{Dc} chưa nộp báo cáo tháng nào nên chưa có đoạn văn. Gõ BATDAU để báo cáo."

# ── initiatives ─────────────────────────────────────────────────────────────────────────────────────

IDEA_HEADING = "Phiếu sáng kiến – {unit}. Chỉ 5 câu; gõ DESAU để viết tiếp lúc khác."
IDEA_TITLE = "Phiếu sáng kiến – {unit}"
IDEA_RECEIPT = (
    "Đã nhận ý tưởng “{title}”, mã {code}. Tổ hỗ trợ sáng kiến sẽ trao đổi với {dc}. Cảm ơn {dc} đã hiến kế."
)
BACK_TO_REPORT = "Mời {dc} làm tiếp báo cáo."
BACK_TO_IDEA = "Mời {dc} viết tiếp phiếu sáng kiến."

# ── buttons ─────────────────────────────────────────────────────────────────────────────────────────

YES = "Đúng"
AGAIN = "Nhập lại"
DONE = "Xong"
SKIP = "Bỏ qua"
IN_UNITS = {"nghin": "{n} nghìn đồng", "trieu": "{n} triệu đồng"}
CARRY = "Như tháng trước: {value}"
KEEP = "Giữ nguyên: {value}"
SUBMIT = "Nộp"
CANCEL_YES = "Bỏ bản nháp"
CANCEL_NO = "Giữ lại"
RESUME = "Làm tiếp"
REVIEW = "Xem lại"
LEAVE = "Để {editor} làm tiếp"
PARAGRAPH = "Lấy đoạn văn"
START = "Bắt đầu báo cáo"
IDEA = "Nêu sáng kiến"

# ── the paste-ready paragraph (P43) ─────────────────────────────────────────────────────────────────

PARAGRAPH_START = "Thực hiện phong trào thi đua và cuộc vận động, trong tháng {period}, {unit} {done}."
PARAGRAPH_QUIET = "Thực hiện phong trào thi đua và cuộc vận động, trong tháng {period}, {unit} không phát sinh nội dung mới."
