"""Every sentence about handing a post over, naming a deputy and ending one."""

from __future__ import annotations

WHICH_UNIT = {
    "hand_over": "{Dc} muốn bàn giao ở đơn vị nào? Gõ mã đơn vị hoặc một phần tên.",
    "deputy": "{Dc} muốn thêm người nhập báo cáo cho đơn vị nào? Gõ mã đơn vị hoặc một phần tên.",
    "end_deputy": "{Dc} muốn cho thôi người nhập báo cáo của đơn vị nào? Gõ mã đơn vị hoặc một phần tên.",
}
FEW_UNITS = "{question}\n{units}"
WHO_LEAVES = {
    "hand_over": "{unit}: ai bàn giao?\n{posts}\n{Dc} gõ số thứ tự.",
    "end_deputy": "{unit}: ai thôi nhập báo cáo?\n{posts}\n{Dc} gõ số thứ tự.",
}
POST = "{n}. {name} – {role}"
POST_BUTTON = "{name} – {role}"
NOBODY = {
    "hand_over": "{unit} chưa có ai giữ chức trách mà {dc} bàn giao được. Gõ THEMNGUOINHAP để thêm người nhập báo cáo.",
    "end_deputy": "{unit} hiện không có người nhập báo cáo nào. Gõ THEMNGUOINHAP nếu muốn thêm.",
}
NOBODY_ANYWHERE = (
    "Các đơn vị {dc} phụ trách hiện không có người nhập báo cáo nào. Gõ THEMNGUOINHAP nếu muốn thêm."
)
WHO_COMES = {
    "hand_over": "{old} ({post}) bàn giao cho ai? Gõ họ tên, có thể kèm số điện thoại, "
    "ví dụ: Nguyễn Thị Hoa 0912 345 678.",
    "deputy": "Ai sẽ nhập báo cáo cho {unit}? Gõ họ tên, có thể kèm số điện thoại, "
    "ví dụ: Nguyễn Thị Hoa 0912 345 678.",
}
NOT_A_NAME = (
    "Tôi chưa đọc được họ tên trong câu “{typed}”. "
    "{Dc} gõ giúp đủ họ và tên, ví dụ: Nguyễn Thị Hoa 0912 345 678."
)
WITHOUT_MARKS = "Tên “{name}” viết có dấu thế nào? {Dc} gõ lại giúp; đúng là không dấu thì trả lời ĐÚNG."
SAME_PERSON = "{name} đang giữ chức trách này rồi. {Dc} gõ giúp họ tên người nhận."
CONFIRM = {
    "hand_over": "Bàn giao chức trách {post}:\nThôi giữ: {old}, hết ngày {last}\nNhận: {new}, từ ngày {since}\n"
    "Đúng thì {dc} trả lời ĐÚNG; muốn ngày khác thì gõ ngày, ví dụ {example}; không làm nữa thì gõ HUY.",
    "deputy": "Thêm người nhập báo cáo – {unit}:\n{new}, từ ngày {since}\n"
    "Đúng thì {dc} trả lời ĐÚNG; không làm nữa thì gõ HUY.",
    "end_deputy": "{old} thôi nhập báo cáo của {unit}, từ hôm nay ({since})?\n"
    "Đúng thì {dc} trả lời ĐÚNG; không làm nữa thì gõ HUY.",
}
ALSO = "{name} (đang là {role} của đơn vị)"
INSTEAD = "{new} (thay cho {before} đã ghi lần trước)"
WITH_PHONE = "{name}, {phone}"
BAD_DAY = "Tôi chỉ nhận ngày từ {first} đến {last}. {Dc} gõ lại giúp ngày, hoặc trả lời ĐÚNG, HUY."
UNCLEAR = "Tôi chưa rõ câu “{typed}”. {Dc} trả lời ĐÚNG để thực hiện, hoặc HUY để dừng."
HELP = {
    "unit": "Tôi đang chờ {dc} cho biết đơn vị: gõ số thứ tự, mã đơn vị hoặc một phần tên. Không làm nữa thì gõ HUY.",
    "post": "Tôi đang chờ {dc} chọn người trong danh sách trên: gõ số thứ tự. Không làm nữa thì gõ HUY.",
    "who": "Tôi đang chờ {dc} gõ đủ họ và tên, ví dụ: Nguyễn Thị Hoa 0912 345 678. Không làm nữa thì gõ HUY.",
    "confirm": "Chưa có gì thay đổi: {dc} trả lời ĐÚNG để thực hiện, hoặc HUY để dừng.",
}
"""What GIUP says while something is asked: the matter goes on."""
NOT_ANY_MORE = (
    "Chức trách này vừa thay đổi hoặc không còn thuộc phạm vi {dc} phụ trách nên tôi chưa làm gì. "
    "Mong {dc} làm lại từ đầu."
)
OLD_BUTTON = "Nút này thuộc lần trước nên tôi không làm gì. Khi cần, {dc} gõ BANGIAO hoặc THEMNGUOINHAP."

DONE = {
    "hand_over": "Đã bàn giao chức trách {post} cho {new}, từ ngày {since}. Bản nháp của đơn vị được giữ nguyên.",
    "deputy": "Đã thêm {new} làm người nhập báo cáo của {unit}, từ ngày {since}.",
    "end_deputy": "{old} thôi nhập báo cáo của {unit} từ hôm nay. Bản nháp của đơn vị được giữ nguyên.",
}
WILL_BE_DONE = {
    "hand_over": "Từ ngày {since}, {new} sẽ nhận chức trách {post} thay {old}. Bản nháp của đơn vị được giữ nguyên.",
}
"""Of a day that is still to come."""
CODE_BELOW = "Mã tham gia chỉ hiện một lần: {dc} chuyển tiếp tin dưới đây cho đúng người nhận."
NO_CODE_NEEDED = "{new} đã có tài khoản nên không cần mã; tôi đã báo cho {dc} ấy."
TOLD_OLD = {
    "hand_over": "Theo bàn giao, từ ngày {since} {dc} {new} nhận chức trách {post}. "
    "Xin cảm ơn {dc} đã phối hợp thời gian qua; nếu có nhầm lẫn, {dc} liên hệ công đoàn cấp trên.",
    "end_deputy": "Từ ngày {since} {dc} thôi nhập báo cáo của {unit}. "
    "Xin cảm ơn {dc} đã phối hợp thời gian qua; nếu có nhầm lẫn, {dc} liên hệ công đoàn cấp trên.",
}
TOLD_NEW = (
    "Từ ngày {since}, {dc} giữ chức trách {post}. Khi tiện, {dc} gõ BATDAU để xem báo cáo của đơn vị; "
    "nếu có nhầm lẫn, {dc} liên hệ công đoàn cấp trên."
)
TOLD_NEW_GOES_ON = (
    "Từ ngày {since}, {dc} giữ chức trách {post}. {drafts} {Dc} gõ TIEPTUC để làm tiếp; "
    "nếu có nhầm lẫn, {dc} liên hệ công đoàn cấp trên."
)
TOLD_SUPERIOR = (
    "{old} bàn giao chức trách {post} cho {new}, từ ngày {since}{by}. "
    "Nếu chưa đúng, {dc} gõ BANGIAO để sửa lại."
)
DONE_BY = " (người thực hiện: {name})"
YES = {"hand_over": "Xác nhận bàn giao", "deputy": "Xác nhận thêm", "end_deputy": "Xác nhận cho thôi"}
NO = "Dừng lại"
