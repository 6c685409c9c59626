"""Every sentence about questions to a person behind the bot (HOTRO): no blame, and always where the question is now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers import showing

OFFICE = "Ban CSPL&QHLĐ"
COLLEAGUE = "{dc} {name}"
SEVERAL = "{names} và {n} {dc} khác"
RECEIVERS = "{names} ({unit})"
RECEIVERS_AND_OFFICE = "{names} ({unit}) và {office}"
OR = " hoặc "

# ── who asks ────────────────────────────────────────────────────────────────────────────────────────

ASK = "{Dc} gõ câu hỏi, tôi chuyển tới {receivers}. Không hỏi nữa thì gõ HUY."
ASK_NOBODY = "{Dc} gõ câu hỏi, tôi ghi lại để công đoàn cấp trên trả lời. {call}Không hỏi nữa thì gõ HUY."
ASK_MORE = (
    "{Dc} gõ nội dung hỏi thêm cho câu hỏi số {n}, tôi chuyển tới {receivers}. Không hỏi nữa thì gõ HUY."
)
ASK_WORDS = "Tôi không chuyển được tin thoại và loại tệp này. {Dc} gõ giúp câu hỏi bằng chữ."
ASK_WORDS_TOO = "Tôi đã nhận ảnh, tệp. {Dc} gõ giúp câu hỏi bằng chữ để tôi chuyển cùng."
ASK_SHORTER = "Câu hỏi dài quá nên tôi chưa chuyển được. {Dc} gõ lại giúp trong khoảng {most} chữ cái."
FILES_FOLLOW = "Tôi chuyển tiếp {n} ảnh, tệp gửi kèm ngay khi tải xong."
FILES_STAY = "Tin thoại, tệp quá lớn và loại tệp lạ thì không chuyển được."
FILE_OF_QUESTION = "Gửi kèm câu hỏi số {n} của {dc} {who}."
FILE_OF_ANSWER = "Gửi kèm câu trả lời cho câu hỏi số {n} của {dc}."
FILE_LOST = (
    "Tôi không nhận được “{file}” gửi kèm câu hỏi số {n} nên chưa chuyển được. Mong {dc} gửi lại giúp."
)
ASKED = "Đã chuyển câu hỏi số {n} tới {receivers}. Có trả lời, tôi nhắn ngay tại đây."
ASKED_MORE = (
    "Đã chuyển nội dung hỏi thêm (câu hỏi số {n}) tới {receivers}. Có trả lời, tôi nhắn ngay tại đây."
)
ASKED_NOBODY = (
    "Đã ghi câu hỏi số {n}, nhưng hiện chưa có cán bộ cấp trên nào dùng Trợ lý nên chưa ai đọc được. "
    "{call}Khi có người nhận, tôi chuyển ngay và báo lại tại đây."
)
CALL = "Cần gấp, {dc} gọi {people}. "
CALL_NOBODY = "Cần gấp, {dc} liên hệ trực tiếp công đoàn cấp trên. "
PHONE = "{who}, số {phone}"
REACHED = "Câu hỏi số {n} của {dc} vừa được chuyển tới {receivers}. Có trả lời, tôi nhắn ngay tại đây."
PASSED_ON = (
    "Câu hỏi số {n} của {dc} chưa có trả lời nên tôi đã chuyển thêm tới {receivers}. "
    "Có trả lời, tôi nhắn ngay tại đây."
)
MOVED = (
    "Công đoàn cấp trên đã nhận câu hỏi số {n} của {dc} hiện không còn cán bộ nào dùng Trợ lý "
    "nên tôi đã chuyển câu hỏi tới {receivers}."
)
ANSWER = (
    "{Dc} {who} trả lời câu hỏi số {n} của {dc}:\n“{body}”\nCần hỏi thêm thì gõ HOTRO; đã rõ thì gõ DARO."
)
CLEARED = "Vâng, câu hỏi số {n} đã xong. Khi cần, {dc} lại gõ HOTRO."
NOTHING_TO_CLEAR = "Hiện {dc} không có câu hỏi nào đang trao đổi. Khi cần người hỗ trợ, {dc} gõ HOTRO."

# ── who answers ─────────────────────────────────────────────────────────────────────────────────────

HOW = "\n{Dc} bấm Trả lời, hoặc gõ: trả lời {n}: nội dung."
QUESTION = "Câu hỏi số {n} từ {dc} {who}{phone}:\n“{body}”{context}" + HOW
QUESTION_MORE = (
    "{Dc} {who} hỏi thêm (câu hỏi số {n}){phone}:\n“{body}”\nCâu hỏi trước: “{first}”{context}" + HOW
)
QUESTION_AGAIN = "Câu hỏi số {n} từ {dc} {who}{phone} {age}, chưa có ai trả lời:\n“{body}”{context}" + HOW
QUESTION_PASSED = (
    "Chuyển tới {dc} câu hỏi số {n} từ {dc} {who}{phone}; {age}, {above} chưa trả lời:\n“{body}”{context}"
    + HOW
)
ITS_PHONE = ", ĐT {phone}"
DOING = "\nĐang làm: {form}, câu “{question}” ({done}/{of} câu đã trả lời){typed}."
DOING_SUMMARY = "\nĐang làm: {form}, đã trả lời {done}/{of} câu."
NO_POST = "\nNgười hỏi hiện chưa nhận hoặc đã thôi chức trách ở đơn vị này."
TYPED = "; vừa gõ “{typed}”"
WRITE_ANSWER = "{Dc} gõ nội dung trả lời câu hỏi số {n} của {dc} {who}:\n“{body}”\nChưa trả lời thì gõ HUY."
WRITE_SECOND = (
    "Câu hỏi số {n} của {dc} {who} đã được {dc} {by} trả lời:\n“{said}”\n"
    "Muốn bổ sung thì {dc} gõ nội dung, không thì gõ HUY."
)
IS_IT_THE_ANSWER = "{Dc} vừa gõ: “{said}”\nGửi câu này làm trả lời câu hỏi số {n}?"
WHICH_IS_ANSWERED = "{Dc} vừa gõ: “{said}”\nCâu này trả lời câu hỏi số mấy dưới đây?"
ANSWER_WORDS = "Tôi không chuyển được tin thoại và loại tệp này. {Dc} gõ giúp câu trả lời bằng chữ."
ANSWER_WORDS_TOO = "Tôi đã nhận ảnh, tệp. {Dc} gõ giúp câu trả lời bằng chữ để tôi chuyển cùng."
ANSWER_SHORTER = "Câu trả lời dài quá nên tôi chưa chuyển được. {Dc} gõ lại giúp trong khoảng {most} chữ cái."
ANSWERED = "Đã gửi câu trả lời tới {dc} {who}."
ANSWER_KEPT = (
    "Hiện tôi chưa gửi được cho {dc} {who}; câu trả lời đã được ghi lại. Mong {dc} liên hệ trực tiếp{phone}."
)
OTHER_ANSWERED = "{Dc} {by} đã trả lời câu hỏi số {n} của {dc} {who}:\n“{said}”\n{Dc} không cần trả lời nữa."
NO_SUCH_QUESTION = "Không có câu hỏi số {n} trong phần việc của {dc}. Gõ CAUHOI để xem các câu hỏi đang chờ."
CLOSED = (
    "Câu hỏi số {n} đã xong nên tôi không gửi gì thêm. "
    "Cần trao đổi tiếp, {dc} liên hệ trực tiếp {dc} {who}{phone}."
)

# ── the list ────────────────────────────────────────────────────────────────────────────────────────

NO_QUESTIONS = "Hiện không có câu hỏi nào đang chờ {dc} trả lời."
LIST = "Có {n} câu hỏi đang chờ trả lời, cũ nhất ở trên:\n{lines}\n{how}"
LINE = "Số {n} – {dc} {who}{phone}, {age}: “{body}”"
LIST_HOW = "Gõ số câu hỏi để trả lời, ví dụ {n}; hoặc gõ luôn: trả lời {n}: nội dung."
LIST_NEXT = "Gõ CAUHOI {page} để xem tiếp."
TODAY = "mới hôm nay"
DAYS = "đã {n} ngày làm việc"

# ── buttons ─────────────────────────────────────────────────────────────────────────────────────────

REPLY = "Trả lời"
REPLY_TO = "Trả lời số {n}"
SEND_IT = "Có, gửi"
DO_NOT_SEND = "Không gửi"
MORE = "Hỏi thêm"
CLEAR = "Đã rõ"
NEXT = "Xem tiếp"


def age(days: int) -> str:
    """How long a question has waited, in working days."""
    return DAYS.format(n=days) if days else TODAY


def context(held: Mapping[str, Any]) -> str:
    """Where the officer stood when asking; empty if nothing was open."""
    if "form" not in held:
        return NO_POST if held.get("no_post") else ""
    words = TYPED.format(typed=held["typed"]) if held.get("typed") else ""
    return (DOING if held.get("question") else DOING_SUMMARY).format(**{**held, "typed": words})


def shortened(words: str, most: int) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 2].rstrip()} …"


def who(name: str, title: str, unit: str) -> str:
    """A person with the post: `Vũ Thanh Kiên (Chủ tịch, CĐ phường Hoa Lư)`, `Lan (Chủ tịch CĐCS May X)`."""
    if not title:
        return f"{name} ({unit})"
    return f"{name} ({showing.post(title, unit)})"
