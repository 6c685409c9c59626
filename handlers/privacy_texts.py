"""Every sentence about personal data: what is stored, what a person may ask, what administrators hear of it."""

from __future__ import annotations

# ── the menu ────────────────────────────────────────────────────────────────────────────────────────

MENU = (
    "Dữ liệu cá nhân của {dc}. {Dc} bấm nút hoặc gõ số:\n"
    "1. Xem những gì đang lưu\n2. Sửa họ tên, số điện thoại, xưng hô\n3. Xuất ra tệp Excel\n"
    "4. Rút lại đồng ý\n5. Xóa dữ liệu cá nhân"
)
SEE, CORRECT, EXPORT, WITHDRAW, ERASE = "Xem", "Sửa", "Xuất ra tệp", "Rút lại đồng ý", "Xóa"
STRANGER = "Tài khoản này chưa ghi cho ai nên không có dữ liệu cá nhân để xem."

# ── seeing ──────────────────────────────────────────────────────────────────────────────────────────

SEEN_NAME = "Họ tên: {name}. Xưng hô: {form}. Điện thoại: {phone}."
NO_PHONE = "chưa có"
SEEN_POST = "Chức trách: {post}, từ {since}."
SEEN_POST_ENDED = "Chức trách trước đây: {post}, đến {until}."
SEEN_ACCOUNT = "{Account}, ghi nhận từ {since}; {consent}."
CONSENTED = "đồng ý với văn bản số {version} lúc {at}"
CONSENTED_ELSEWHERE = "đã đồng ý khi được ghi vào danh sách, {at}"
NOT_CONSENTED = "chưa đồng ý hoặc đã rút đồng ý"
SEEN_COUNTS = "Đã lưu: {messages} tin nhắn, {reports} lượt nộp báo cáo, {initiatives} sáng kiến."
SEEN_WHO = (
    "Ai được xem: cán bộ của đơn vị, công đoàn cấp trên, {office}. "
    "Người quản trị xem họ tên, điện thoại, chức trách; không xem nội dung kiến nghị, vướng mắc."
)
SEEN_HOW_LONG = (
    "Giữ bao lâu: tin nhắn 12 tháng; bản nháp bỏ dở 90 ngày; ảnh 24 tháng; nội dung vướng mắc, kiến nghị "
    "24 tháng sau khi giải quyết xong. Số liệu báo cáo là của đơn vị, giữ lâu dài."
)
SEEN_REQUEST = "Yêu cầu {kind} gửi lúc {at}: {state}."
SEEN_MORE = "Cần sửa, xuất tệp, rút đồng ý hay xóa, {dc} gõ DULIEU."
STATES = {
    "open": "đang chờ, xong trước hết ngày {until}",
    "approved": "đang thực hiện",
    "done": "đã xong",
    "refused": "chưa thực hiện được: {outcome}",
    "taken_back": "đã rút lại",
}
KINDS = {
    "correct": "sửa thông tin",
    "withdraw": "rút đồng ý",
    "erase": "xóa dữ liệu",
    "export": "xuất dữ liệu",
}

# ── correcting ──────────────────────────────────────────────────────────────────────────────────────

WHAT_TO_CORRECT = (
    "{Dc} muốn sửa mục nào? Bấm nút hoặc gõ số:\n1. Họ tên\n2. Số điện thoại\n"
    "3. Xưng hô: chuyển sang “{other}”"
)
CORRECT_NAME, CORRECT_PHONE, CORRECT_FORM = "Họ tên", "Số điện thoại", "Xưng hô “{other}”"
ASK_NAME = "Đang ghi: {name}. {Dc} gõ giúp họ tên đúng, đủ dấu; gõ HUY nếu thôi."
ASK_PHONE = "Đang ghi: {phone}. {Dc} gõ giúp số điện thoại đúng, ví dụ 0912 345 678; gõ HUY nếu thôi."
NOT_A_NAME = "Tôi chưa đọc được họ tên trong tin vừa rồi. {Dc} gõ giúp đủ họ và tên, ví dụ Trần Thị Lan."
NOT_A_PHONE = "Tôi chưa đọc được số điện thoại trong tin vừa rồi. {Dc} gõ giúp, ví dụ 0912 345 678."
SAME_AS_BEFORE = "Hệ thống đang ghi đúng như vậy rồi nên không cần sửa."
FORM_CHANGED = "Vâng, từ nay tôi xưng hô “{form}”. Muốn đổi lại, gõ DULIEU."
CORRECTION_TAKEN = (
    "Tôi đã chuyển người quản trị đề nghị sửa {field} thành “{value}”. "
    "{Dc} được trả lời trước hết ngày {answer_by}; gõ DULIEU để xem."
)
FIELDS = {"name": "họ tên", "phone": "số điện thoại"}

# ── exporting ───────────────────────────────────────────────────────────────────────────────────────

EXPORT_TAKEN = "Tôi đang lập tệp dữ liệu của {dc}, khoảng một phút nữa gửi vào đây."
EXPORT_WAITS = "Tệp dữ liệu đang được lập, {dc} chờ giúp ít phút."
EXPORT_READY = (
    "Tệp dữ liệu cá nhân của {dc}, lập lúc {at}. Tệp có nội dung {dc} đã gửi, mong {dc} giữ kín; "
    "máy chủ xóa tệp này sau 7 ngày."
)
EXPORT_FAILED = "chưa lập được tệp"
EXPORT_NOBODY = "Tài khoản này không còn ghi cho {dc} nên tôi không gửi tệp."
EXPORT_NAME = "du-lieu-ca-nhan.xlsx"
SHEETS = {
    "person": "Thông tin", "messages": "Tin nhắn", "answers": "Câu trả lời", "initiatives": "Sáng kiến",
    "help": "Hỏi cán bộ", "consents": "Đồng ý", "requests": "Yêu cầu", "audit": "Nhật ký",
}  # fmt: skip
COLUMNS = {
    "person": ("Mục", "Nội dung"),
    "messages": ("Lúc", "Kênh", "Người gửi", "Nội dung", "Tệp"),
    "answers": ("Lúc", "Đơn vị", "Kỳ", "Mã", "Câu hỏi", "Đã ghi", "Như đã gõ"),
    "initiatives": ("Lúc", "Mã", "Tên", "Trạng thái"),
    "help": ("Lúc", "Nội dung"),
    "consents": ("Lúc", "Văn bản số", "Đồng ý"),
    "requests": (
        "Lúc",
        "Việc",
        "Trạng thái",
        "Nội dung",
        "Trả lời trước",
        "Xong trước",
        "Kết thúc",
        "Kết quả",
    ),
    "audit": ("Lúc", "Ai làm, từ đâu", "Việc", "Chi tiết"),
}
PERSON_ROWS = {
    "name": "Họ tên", "form": "Xưng hô", "phone": "Điện thoại", "full_time": "Cán bộ chuyên trách",
    "post": "Chức trách", "account": "Tài khoản",
}  # fmt: skip
POST_LINE = "{post}, từ {since} đến {until}"
UNTIL_NOW = "nay"
ACCOUNT_LINE = "{account}, mã {address}, từ {since}"
FROM_PERSON, FROM_BOT = "Cán bộ", "Trợ lý"
YES, NO = "Có", "Không"

# ── withdrawing ─────────────────────────────────────────────────────────────────────────────────────

WITHDRAW_EXPLAIN = (
    "Rút đồng ý thì tôi không nhận báo cáo và không nhắc tài khoản này nữa, công đoàn cấp trên được báo để cử "
    "người khác; báo cáo đã nộp vẫn là của đơn vị. {Dc} có rút lại đồng ý không?"
)
NOTHING_TO_WITHDRAW = (
    "Tài khoản này chưa đồng ý, hoặc đã rút đồng ý, nên không có gì để rút. "
    "Cần xóa dữ liệu, {dc} gõ DULIEU rồi chọn 5."
)
WITHDRAWN_TOLD = (
    "{Dc} {who} không dùng tài khoản trò chuyện để báo cáo nữa, theo nguyện vọng cá nhân. "
    "Mong {dc} cử người khác báo cáo cho đơn vị nếu cần."
)
WITHDRAWN_OUTCOME = "đã ngừng ngay"

# ── erasing ─────────────────────────────────────────────────────────────────────────────────────────

ERASE_EXPLAIN = (
    "Khi xóa: họ tên, số điện thoại, tài khoản trò chuyện, tin nhắn và tin thoại của {dc} bị xóa khỏi hệ thống và "
    "không lấy lại được. Báo cáo, số liệu, ảnh và sáng kiến đã nộp là hồ sơ của đơn vị nên vẫn giữ, "
    "nhưng không còn gắn với {dc}.\n"
)
ERASE_POSTS = "Chức trách của {dc} tại {units} sẽ kết thúc; công đoàn cấp trên được báo để cử người khác.\n"
ERASE_CONFIRM = "Nếu chắc chắn, {dc} gõ: XÓA DỮ LIỆU. Muốn thôi, gõ HUY."
ERASE_NOT_CONFIRMED = "Tôi chưa xóa gì. Nếu chắc chắn, {dc} gõ: XÓA DỮ LIỆU; muốn thôi, gõ HUY."
ERASE_TAKEN = (
    "Tôi đã nhận yêu cầu xóa dữ liệu. Người quản trị trả lời {dc} trước hết ngày {answer_by} và việc xóa xong "
    "trước hết ngày {done_by}; đổi ý trước đó, {dc} gõ DULIEU rồi chọn 5."
)
ERASE_WAITS = (
    "Yêu cầu xóa dữ liệu của {dc} gửi lúc {at} đang chờ, xong trước hết ngày {done_by}. "
    "{Dc} có rút lại yêu cầu này không?"
)
ERASE_BEING_DONE = "Dữ liệu của {dc} đang được xóa, không dừng lại được nữa."
TAKE_BACK, KEEP_REQUEST = "Rút lại yêu cầu", "Giữ yêu cầu"
TAKEN_BACK = "Vâng, tôi đã hủy yêu cầu xóa; dữ liệu của {dc} vẫn như cũ."
REQUEST_KEPT = "Vâng, yêu cầu vẫn được giữ."
GOODBYE = (
    "Theo yêu cầu của {dc}, dữ liệu cá nhân trên hệ thống được xóa trong hôm nay; đây là tin cuối cùng tôi gửi. "
    "Xin cảm ơn {dc}. Tin nhắn trong ứng dụng trò chuyện trên máy, {dc} tự xóa giúp nếu muốn."
)
PSEUDONYM = "Cán bộ đã xóa dữ liệu (số {id})"
ERASED_TOLD = (
    "Một cán bộ của {units} đã thôi phụ trách trên hệ thống theo nguyện vọng cá nhân. "
    "Mong {dc} cử người khác và cấp mã mời nếu cần."
)
ERASED_OUTCOME = "đã xóa"

# ── what administrators do ──────────────────────────────────────────────────────────────────────────

REQUEST_NEW = (
    "{Dc} {who} yêu cầu {what}. Cần trả lời trước hết ngày {answer_by}, xong trước hết ngày {done_by}."
)
REQUESTS_NONE = "Không có yêu cầu nào về dữ liệu cá nhân đang chờ."
REQUESTS = "Yêu cầu về dữ liệu cá nhân đang chờ: {n}. {Dc} bấm nút hoặc gõ số để xử lý.\n{lines}"
REQUESTS_MORE = "Còn {n} yêu cầu khác, hiện sau khi xử lý các yêu cầu trên."
REQUEST_LINE = "{n}. {who}: {what}; gửi lúc {at}; {left}."
REQUEST_BUTTON = "{name}: {kind}"
REQUEST_OPEN = (
    "{Dc} {who} yêu cầu {what}, gửi lúc {at}. "
    "Cần trả lời trước hết ngày {answer_by}, xong trước hết ngày {done_by} ({left})."
)
REQUEST_EXTENDED = (
    "{Dc} {who} yêu cầu {what}, gửi lúc {at}. Đã gia hạn một lần, cần xong trước hết ngày {done_by} ({left})."
)
DAYS_LEFT = "còn {n} ngày"
LAST_DAY = "hôm nay là ngày cuối"
DAYS_OVER = "đã quá {n} ngày"
BEING_DONE = "đang thực hiện"
WHAT_CORRECT = "sửa {field} thành “{value}”"
WHAT_ERASE = "xóa dữ liệu cá nhân"
DONE_CORRECT, DONE_ERASE, REFUSE, EXTEND = "Sửa ngay", "Thực hiện xóa", "Từ chối", "Gia hạn 15 ngày"
REALLY_ERASE = (
    "Xóa dữ liệu cá nhân của {dc} {who}? Xóa rồi không lấy lại được; báo cáo của đơn vị giữ nguyên."
)
ERASE_SURE, ERASE_NOT = "Có, xóa", "Chưa xóa"
ASK_REFUSAL = "{Dc} ghi giúp lý do từ chối, để tôi trả lời {dc} {who}; gõ HUY nếu thôi."
ASK_EXTENSION = "{Dc} ghi giúp lý do gia hạn, để tôi trả lời {dc} {who}; gõ HUY nếu thôi."
NO_REASON = "Cần một lý do bằng chữ để trả lời người yêu cầu. {Dc} ghi giúp một câu, hoặc gõ HUY."
REASON_SHORTER = "Lý do dài quá nên tôi chưa gửi được. {Dc} ghi lại giúp trong khoảng {most} chữ cái."
ALREADY_DECIDED = "Yêu cầu này đã được xử lý rồi nên tôi không làm gì thêm."
EXTENDED_BEFORE = "Yêu cầu này đã gia hạn một lần nên không gia hạn thêm được."
CORRECTED = "Đã sửa {field} thành “{value}” và báo cho {dc} {who}."
ERASURE_APPROVED = (
    "Vâng, tôi nhắn lời cuối cho {dc} {who} rồi xóa trong khoảng một giờ làm việc. "
    "Báo cáo và số liệu của đơn vị giữ nguyên."
)
REFUSED = "Đã trả lời {dc} {who} kèm lý do. Yêu cầu đã đóng."
EXTENDED = "Đã gia hạn đến hết ngày {done_by} và báo cho {dc} {who}."
REMIND_ANSWER = "Yêu cầu {what} của {dc} {who} cần được trả lời trước hết ngày {day}."
REMIND_DONE = "Yêu cầu {what} của {dc} {who} cần xong trước hết ngày {day}."
REMIND_LATE_ANSWER = "Yêu cầu {what} của {dc} {who} đã quá ngày trả lời ({day}). Mong {dc} xử lý giúp."
REMIND_LATE = "Yêu cầu {what} của {dc} {who} đã quá ngày hoàn thành ({day}). Mong {dc} xử lý giúp."

# ── what the person hears ───────────────────────────────────────────────────────────────────────────

CORRECTED_TOLD = "Người quản trị đã sửa {field} của {dc} thành “{value}”."
REFUSED_TOLD = "Người quản trị chưa thực hiện yêu cầu {what} của {dc}. Lý do: {reason}"
EXTENDED_TOLD = "Yêu cầu {what} của {dc} được gia hạn đến hết ngày {done_by}. Lý do: {reason}"
