"""Every sentence of the board: who is connected, who was invited, who cannot be reached."""

from __future__ import annotations

HEAD = "KẾT NỐI – {scope}, lúc {at}: {people} {dc} có chức trách."
SCOPE_ALL = "các đơn vị {dc} phụ trách"
STATES = {
    "connected": "Đã kết nối",
    "silent": "Đã kết nối, chưa nhập báo cáo lần nào",
    "undecided": "Đã vào, chưa bấm Đồng ý",
    "invited": "Đã mời, chưa vào",
    "uninvited": "Chưa mời, hoặc mã mời đã hết hạn",
    "unreachable": "Không nhận được tin",
}
AMONG_THEM = {"silent": "Trong số đó, chưa nhập báo cáo lần nào"}
"""Words of a count that is part of the one before it."""
COUNT = "{n}. {state}: {people}"
BY_CHANNEL = " ({channels})"
ON_CHANNEL = "{channel} {people}"
ASK = "{Dc} gõ số thứ tự để xem danh sách."
NOBODY = "Chưa có ai giữ chức trách trong phạm vi này. {Dc} nhập danh sách cán bộ trước."
LIST_HEAD = "{state}: {people} {dc}{pages}."
PAGES = ", trang {page}/{of}"
PERSON = "{n}. {name} – {post}{note}"
NOTE_INVITED = " (mời {at}, hết hạn {until})"
NOTE_LATER = "; đơn vị chưa đến lượt báo cáo"
NOTE_CHANNELS = " ({channels})"
LIST_END = "{Dc} gõ số thứ tự để cấp mã cho một người, hoặc gõ KETNOI để về bảng."
NEXT, INVITE_ALL = "Xem tiếp", "Mời cả {people} người"
INVITE_ONE = "Mời {name}"
EMPTY_NOW = "Danh sách này không còn ai. {Dc} gõ KETNOI để xem bảng mới."
CODE_FOR_ONE = "Mã mời của {dc} {name} ở dưới đây. {Dc} chuyển tiếp cho đúng người nhận."
CODE_INSTEAD = (
    "Mã mời mới của {dc} {name} ở dưới đây, mã cấp lần trước không còn dùng được. "
    "{Dc} chuyển tiếp cho đúng người nhận."
)
SECOND = "{Dc} {name} đã kết nối. Cấp mã cho tài khoản thứ hai? 1 Có, 2 Không."
YES, NO = "Có", "Không"
NO_SECOND = "Vâng, tôi không cấp thêm mã. Gõ KETNOI để về bảng."
MAKING = "Tôi đang cấp mã mới cho {people} {dc}, sẽ gửi ngay khi xong."
NOT_YOURS = "{Dc} không cấp mã cho người này được. Khi cần, {dc} đề nghị công đoàn cấp trên cấp giúp."
CHANNELS = {"telegram": "Telegram", "zalo": "Zalo", "web": "trang chat", "terminal": "dòng lệnh"}
