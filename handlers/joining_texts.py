"""Every sentence about joining, groups and accounts that cannot be reached; the address is that of who reads it."""

from __future__ import annotations

from handlers.texts import say

CONSENT_VERSION = "2"
"""Of the two texts below; a new wording gets a new one."""

# ── joining ─────────────────────────────────────────────────────────────────────────────────────────

WELCOME = (
    "Kính chào {dc} {who}. Tôi là Trợ lý báo cáo Công đoàn, trả lời tự động, giúp {dc} gửi báo cáo tháng "
    "và sáng kiến trong vài phút."
)
WELCOME_OTHER = (
    "Kính chào {dc} {who}. Tôi là Trợ lý báo cáo Công đoàn, trả lời tự động, giúp các đơn vị gửi báo cáo tháng "
    "và sáng kiến trong vài phút."
)
CONSENT = (
    "Tôi lưu họ tên, đơn vị, mã tài khoản trò chuyện và nội dung {dc} gửi để tổng hợp báo cáo cho {office}; "
    "cán bộ công đoàn cấp trên được xem. Tin nhắn đi qua ứng dụng trò chuyện, trong đó Telegram là nền tảng ở "
    "nước ngoài; xin không gửi số CCCD, số tài khoản, bệnh án. {Dc} có thể xem, sửa, rút đồng ý hoặc yêu cầu xóa "
    "bằng cách gõ DULIEU. {Dc} có đồng ý không?"
)
CONSENT_IN_FULL = (
    "Thông báo xử lý dữ liệu cá nhân (bản {version}).\n"
    "1. Bên kiểm soát: {office}; đầu mối là Ban CSPL&QHLĐ.\n"
    "2. Dữ liệu: họ tên, số điện thoại (nếu có trong danh sách), đơn vị, chức trách, mã tài khoản trò chuyện, "
    "nội dung và ảnh {dc} gửi, thời điểm gửi. Xin không gửi số CCCD, số tài khoản ngân hàng, bệnh án, tên hộ nghèo.\n"
    "3. Mục đích: nhận, nhắc và tổng hợp báo cáo, sáng kiến, kiến nghị của tổ chức Công đoàn; không dùng việc khác.\n"
    "4. Ai được xem: cán bộ công đoàn cấp trên của đơn vị và Ban CSPL&QHLĐ; người quản trị thấy danh sách và nhật ký, "
    "không thấy nội dung kiến nghị. Nhóm, kênh lãnh đạo chỉ nhận số tổng hợp.\n"
    "5. Thời gian lưu: bản nháp 90 ngày; tin nhắn 12 tháng; ảnh và kiến nghị đã xong 24 tháng; số liệu báo cáo của "
    "đơn vị lưu lâu dài, không gắn với cá nhân khi {dc} yêu cầu xóa.\n"
    "6. Chuyển ra nước ngoài: tin nhắn đi qua ứng dụng trò chuyện; Telegram là nền tảng ở nước ngoài. "
    "Dữ liệu được lưu trên máy chủ của tổ chức Công đoàn.\n"
    "7. Quyền của {dc}: xem, sửa, nhận bản sao, rút đồng ý, yêu cầu xóa, khiếu nại. Gõ DULIEU, hoặc báo công đoàn "
    "cấp trên; được trả lời trong 2 ngày làm việc. Việc đồng ý là tự nguyện; không đồng ý thì đơn vị cử người khác."
)
SOME_OFFICE = "công đoàn cấp trên"
NEEDS_CONSENT = (
    "Trước khi nhận báo cáo, tôi cần {dc} đồng ý với cách lưu và dùng thông tin đã nêu. "
    "{Dc} bấm Đồng ý để bắt đầu, hoặc trả lời 1 Đồng ý, 2 Không đồng ý, 3 Xem đầy đủ."
)
NEEDS_CONSENT_AGAIN = (
    "Tôi chưa rõ {dc} có đồng ý hay không. {Dc} chỉ cần gõ một số: 1 là đồng ý, 2 là không đồng ý."
)
NEEDS_CONSENT_STILL = (
    "{Dc} đồng ý thì gõ số 1, tôi hỏi từng câu của báo cáo. Còn băn khoăn thì {dc} gọi công đoàn cấp trên, "
    "hoặc gõ 3 để xem đầy đủ."
)
WHO_ASKS = (
    "Tôi là Trợ lý báo cáo Công đoàn của {office}, trả lời tự động, không hỏi mật khẩu và không thu tiền."
)
AGREED = "Xin cảm ơn {ten}. Khi tiện, {dc} bấm Bắt đầu báo cáo hoặc gõ BATDAU."
AGREED_GOES_ON = "Xin cảm ơn {ten}. {drafts} {Dc} gõ TIEPTUC để làm tiếp."
DRAFT_OPEN = "Báo cáo tháng {month} của {unit} đã trả lời {done}/{of} câu."
AGREED_LATER = "Xin cảm ơn {ten}. {when}"
AGREED_SUPERIOR = (
    "Xin cảm ơn {ten}. Tài khoản này nhận bản tin, danh sách đơn vị và câu hỏi của cán bộ cơ sở. "
    "{Dc} gõ KETNOI để xem ai đã vào, CAUHOI để trả lời câu hỏi, NHAPHO để nhập hộ đơn vị, "
    "GIUP để xem các việc khác."
)
AGREED_ADMINISTRATOR = (
    "Xin cảm ơn {ten}. {Dc} gõ KETNOI để xem ai đã vào, MOI để mời, DANHSACH để sửa danh sách, "
    "GIUP để xem các việc khác; "
    "khi Trợ lý được đưa vào một nhóm, tôi sẽ hỏi {dc} có gửi bản tin vào nhóm đó không."
)
AGREED_OTHER = (
    "Xin cảm ơn {ten}. Tài khoản này đã được ghi nhận; báo cáo tháng do cán bộ công đoàn cơ sở nhập."
)
WITHDRAW = "{Dc} muốn rút lại đồng ý? Tôi sẽ không nhận báo cáo và không nhắc tài khoản này nữa; bản nháp vẫn được giữ."
AGREED_AGAIN = "Xin cảm ơn {ten}. Bản nháp vẫn được giữ; {dc} gõ TIEPTUC để làm tiếp, hoặc BATDAU để báo cáo."
STILL_AGREED = "Vâng, không có gì thay đổi. Khi tiện, {dc} gõ BATDAU để báo cáo hoặc TIEPTUC để làm tiếp."
DISAGREED = (
    "Vâng, tôi không nhận báo cáo từ tài khoản này; đơn vị có thể cử người khác. Khi đổi ý, {dc} bấm Đồng ý."
)
WRONG_CODE = (
    "Tôi chưa thấy mã này trong danh sách mã mời. "
    "{Dc} kiểm tra lại từng ký tự giúp, hoặc hỏi lại công đoàn cấp trên."
)
EXPIRED_CODE = (
    "Mã mời này đã hết hạn hoặc đã được thay bằng mã mới. "
    "{Dc} dùng mã nhận sau cùng, hoặc đề nghị công đoàn cấp trên cấp lại giúp."
)
USED_CODE = "Mã mời này đã được dùng. {Dc} đề nghị công đoàn cấp trên cấp mã mới giúp."
TOO_MANY_CODES = (
    "Tôi tạm dừng nhận mã mời vì mã sai đã được nhập nhiều lần. {Dc} thử lại sau {at}, "
    "hoặc liên hệ công đoàn cấp trên."
)
PHONE_UNKNOWN = (
    "Số điện thoại này chưa đủ để tôi nhận ra {dc} trong danh sách cán bộ. "
    "{Dc} đề nghị công đoàn cấp trên cấp mã mời, rồi gửi mã tại đây."
)
PHONE_OF_ANOTHER = (
    "Tôi chỉ nhận số điện thoại của chính {dc}, gửi bằng nút chia sẻ số điện thoại từ tài khoản này."
)
PHONE_TYPED = (
    "Số điện thoại gõ bằng chữ thì tôi chưa nhận được, vì ai cũng gõ được số của người khác. "
    "{Dc} bấm nút “Chia sẻ số điện thoại của tôi” dưới đây, hoặc gửi mã mời."
)
PHONE_NOT_HERE = "Ở đây chưa chia sẻ được số điện thoại. {Dc} gửi giúp mã mời do công đoàn cấp trên cấp."
ALREADY_JOINED = "Tài khoản này đã được ghi cho {ten} rồi, không cần gửi thêm. Xin cảm ơn {dc}."

# ── what superiors are told ─────────────────────────────────────────────────────────────────────────

JOINED_BY_PHONE = (
    "{Dc} {who} vừa tham gia Trợ lý báo cáo bằng {account}, theo số điện thoại trong danh sách. "
    "Nếu không phải người này, mong {dc} bấm nút dưới đây."
)
JOINED_AGAIN = (
    "{Dc} {who} vừa tham gia thêm bằng {account}; tài khoản trước vẫn dùng được. "
    "Nếu không phải người này, mong {dc} bấm nút dưới đây."
)
ACCOUNT_ADDED = (
    "Vừa có thêm {account} được ghi cho {ten}, dùng chung báo cáo với tài khoản này. "
    "Nếu không phải của {dc}, mong {dc} báo ngay công đoàn cấp trên."
)
ACCOUNT = "tài khoản {platform}"
ACCOUNT_NAMED = "tài khoản {platform} “{name}”"
UNDONE = (
    "Đã gỡ {account}, không còn ghi cho {dc} {who}. "
    "Bản nháp của đơn vị được giữ nguyên; người đúng tham gia bằng mã mời."
)
UNDONE_BEFORE = "Tài khoản này không còn được ghi cho người đó, nên không cần gỡ nữa. Xin cảm ơn {dc}."
TAKEN_OFF = (
    "Công đoàn cấp trên vừa gỡ tài khoản này khỏi danh sách. "
    "Nếu có nhầm lẫn, {dc} đề nghị công đoàn cấp trên cấp mã mời."
)
CODES_GUESSED = (
    "Trong một giờ qua có quá nhiều mã mời sai từ nhiều tài khoản, nên tôi tạm dừng nhận mã mời trong một giờ. "
    "Nếu không phải do phát nhầm mã, mong {dc} báo cho cán bộ kỹ thuật."
)
UNREACHABLE = (
    "Không gửi được tin cho {dc} {who}: {account} đã chặn Trợ lý hoặc không còn dùng. Mong {dc} liên hệ giúp."
)

# ── groups ──────────────────────────────────────────────────────────────────────────────────────────

GROUP_ADDED = (
    "Trợ lý vừa được {by} đưa vào nhóm “{title}”. {Dc} có muốn gửi bản tin toàn tỉnh vào nhóm này không?"
)
BY_PERSON = "{dc} {name}"
BY_ACCOUNT = "tài khoản “{name}”"
BY_NOBODY = "một tài khoản ngoài danh sách"
GROUP_CONFIRMED = "Từ nay nhóm “{title}” nhận bản tin toàn tỉnh. Khi cần dừng, {dc} đưa Trợ lý ra khỏi nhóm."
GROUP_GREETED = (
    "Kính chào các {dc}. Nhóm này sẽ nhận bản tin toàn tỉnh về phong trào thi đua; "
    "tôi chỉ gửi bản tin, không trả lời tin nhắn trong nhóm."
)
GROUP_REFUSED = "Vâng, tôi không gửi gì vào nhóm “{title}”."
GROUP_GONE = "Trợ lý không còn ở trong nhóm này nên tôi không làm gì. {Dc} đưa Trợ lý vào lại nhóm nếu cần."
GROUP_LOST = (
    "Trợ lý vừa bị đưa ra khỏi nhóm “{title}” nên nhóm này không nhận bản tin nữa. Mong {dc} kiểm tra giúp."
)
UNTITLED = "không tên"

# ── buttons ─────────────────────────────────────────────────────────────────────────────────────────

AGREE = "Đồng ý"
DISAGREE = "Không đồng ý"
FULL_TEXT = "Xem đầy đủ"
WITHDRAW_YES = "Rút lại đồng ý"
WITHDRAW_NO = "Giữ nguyên"
SHARE_PHONE = "Chia sẻ số điện thoại của tôi"
NOT_THIS_PERSON = "Không phải người này"
GROUP_YES = "Gửi bản tin toàn tỉnh vào nhóm này"
GROUP_NO = "Không dùng"

PLATFORMS = {"telegram": "Telegram", "zalo": "Zalo"}


def account(channel: str, name: str = "") -> str:
    """A chat account inside a sentence, with what it calls itself if that is known."""
    platform = PLATFORMS.get(channel, "trò chuyện")
    return (ACCOUNT_NAMED if name else ACCOUNT).format(platform=platform, name=name)


def by(address_form: str, *, person: str = "", account_name: str = "") -> str:
    """Who did something, inside a sentence."""
    if person:
        return say(BY_PERSON, address_form, "", name=person)
    return BY_ACCOUNT.format(name=account_name) if account_name else BY_NOBODY
