"""Every sentence about inviting people: what is offered in chat, the words for a group, the slips to be cut out."""

from __future__ import annotations

WAYS = "\n1. Phiếu mời có mã QR để in, mỗi người một phiếu\n2. Tin nhắn mời để gửi riêng từng người qua Zalo"
WHICH_WAY = "\n{Dc} chọn cách mời nào?"
OFFER = "Có {people} {dc} ở {units} đơn vị chưa kết nối{scope}.{later}" + WAYS + WHICH_WAY
OFFER_REST = (
    "Có {people} {dc} ở {units} đơn vị chưa kết nối và chưa có mã{scope}; {kept} {dc} có mã còn hạn, tôi giữ nguyên."
    "{later}" + WAYS + "\n3. Cấp lại mã cho cả {kept} {dc} đã có mã" + WHICH_WAY
)
OFFER_AGAIN = (
    "Có {people} {dc} ở {units} đơn vị chưa kết nối{scope}. Nếu cấp lại, mã còn hạn của {names} sẽ hết hiệu lực.{later}"
    + WAYS
    + WHICH_WAY
)
AND_OTHERS = "{names} và {n} {dc} khác"
OF_UNIT = " thuộc {unit}"
EVERYBODY_IN = (
    "Không còn ai cần mời: mọi {dc} có chức trách{scope} đều đã có tài khoản. Gõ KETNOI để xem chi tiết."
)
LATER = (
    " Chưa tính {later} {dc} ở đơn vị chưa đến đợt báo cáo; "
    "muốn mời, {dc} gõ MOI kèm mã đơn vị, ví dụ MOI NB-HLU-01."
)
ONLY_LATER = (
    "Chỉ còn {later} {dc} ở đơn vị chưa đến đợt báo cáo{scope} nên tôi chưa mời. "
    "Muốn mời, {dc} gõ MOI kèm mã đơn vị, ví dụ MOI NB-HLU-01."
)
MAKING = "Tôi đang lập {what} cho {people} {dc}, sẽ gửi ngay khi xong."
SHEET, TEXT, AGAIN = "Phiếu mời để in", "Tin nhắn mời", "Cấp lại cho tất cả"
WHAT = {"sheet": "phiếu mời", "text": "tin nhắn mời"}
SHEET_READY = (
    "Phiếu mời của {people} {dc}, mỗi người một phiếu; mã dùng một lần, hết hạn lúc {until}. "
    "{Dc} in, cắt theo đường kẻ và trao tận tay từng người."
)
TEXT_READY = (
    "Tin mời {people} {dc} ở bên dưới để chuyển tiếp; mã dùng một lần, hết hạn lúc {until}. "
    "Ai dùng mã trước thì được nhận là người đó, nên {dc} gửi riêng dòng của từng người."
)
TEXT_FILE_READY = (
    "Danh sách {people} {dc} dài nên tôi gửi thành tệp; mã dùng một lần, hết hạn lúc {until}. "
    "{Dc} mở tệp, chép dòng của từng người gửi riêng qua Zalo: ai dùng mã trước thì được nhận là người đó."
)
NOBODY_LEFT = "Không còn ai cần mời nên tôi không lập phiếu. Gõ KETNOI để xem chi tiết."
SHEET_NAME, TEXT_NAME = "phieu-moi.docx", "tin-moi.txt"

# ── words to be pasted into a group ─────────────────────────────────────────────────────────────────

GROUP_HEAD = (
    "Mời các đồng chí kết nối với Trợ lý báo cáo Công đoàn{where}: mở liên kết của mình, bấm Bắt đầu.\n"
    "Nếu không mở được liên kết: {how}, bấm Bắt đầu rồi gõ mã."
)
GROUP_HEAD_CODES = (
    "Mời các đồng chí kết nối với Trợ lý báo cáo Công đoàn{where}: {how}, bấm Bắt đầu rồi gõ mã của mình."
)
GROUP_PERSON = "- {name} ({role}): {link} mã {code}"
GROUP_PERSON_CODE = "- {name} ({role}): mã {code}"
ONE_WITH_LINK = (
    "Kính gửi {dc} {name} ({post}). Mời {dc} tham gia Trợ lý báo cáo Công đoàn{where}: mở {link}, "
    "bấm Bắt đầu rồi bấm Đồng ý; nếu hỏi mã thì gõ {code}. Mã dùng một lần, hết hạn lúc {until}."
)
ONE_WITH_CODE = (
    "Kính gửi {dc} {name} ({post}). Mời {dc} tham gia Trợ lý báo cáo Công đoàn: {how}, "
    "bấm Bắt đầu, gõ mã {code} rồi bấm Đồng ý. Mã dùng một lần, hết hạn lúc {until}."
)
GROUP_END = "Mã dùng một lần, chỉ dành cho người có tên, hết hạn lúc {until}."
ON = " trên {platform}"
LOOK_FOR = "tìm {name}{where}"
OPEN = "mở Trợ lý{where}"

# ── slips ───────────────────────────────────────────────────────────────────────────────────────────

SLIP_TITLE = "Phiếu mời – Trợ lý báo cáo Công đoàn"
SLIP_CODE = "Mã mời: "
SLIP_STEPS = (
    "1. Mở máy ảnh điện thoại, quét mã QR.",
    "2. {open} “Bắt đầu” (Start).",
    "3. Bấm “Đồng ý”; nếu hỏi mã, gõ mã trên.",
)
SLIP_STEPS_CODES = (
    "1. {how}.",
    "2. Bấm “Bắt đầu” (Start), gõ mã trên rồi gửi.",
    "3. Bấm “Đồng ý”. Báo cáo tháng chỉ mất vài phút.",
)
SLIP_ELSE = "Không quét được: {how}, bấm “Bắt đầu”, gõ mã."
SLIP_FIRST = "Chưa có {platform}: cài trước."
SLIP_UNTIL = "Chỉ dành cho người có tên; hết hạn {until}."
SLIP_OPEN, SLIP_PRESS = "Mở {platform}, bấm", "Bấm"
SLIP_QR = "Quét mã này"
