"""Yes and no as people say them: agreement, denial, and the halves of both that are neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.engine.glosses import gloss
from handlers.engine.late import Late
from handlers.engine.phrases import UNITS
from handlers.engine.vietnamese import words

_DONE = (
    "thanh lap|to chuc|thuc hien|trien khai|lam|hoan thanh|dang ky|tuyen truyen|phat dong|dong y|ky ket|"
    "cong nhan|ung ho|"
    "ban hanh|xay dung|cong bo|thong qua|phoi hop|van dong|tham gia|co|xong|day du"
)
_POLITE = (
    r"(?:(?:~?a|(?:thang|ky|dot) nay|trong thang|hien(?: tai| nay)?|cai nay|viec nay|(?:don vi|ben) (?:em|"
    r"minh)|don vi|u|uh|~?ua|da|thua|vang|em|anh|chi|ad) )*"
)
_ONLY_POLITE = Late(r"(?:a|da|vang|thua|u|uh|em|anh|chi)(?: (?:a|da|vang|em|anh|chi))*")
_ENDING = r"(?: (?:a|nhe|nha|thoi|em|anh|chi|do|day|ad|luon|dc|nghen|nghe|nhen|hen|oi|b|ban|e|het|ca|roi))*"
_YES = Late(
    rf"{_POLITE}(?:(?:van )?co(?: roi| chu| day)?|da co(?: roi)?|roi|ok(?: roi)?|u|uh|um|uhm|ua|dung(?: roi|"
    rf" vay| the|"
    rf" day)?|phai(?: roi)?|"
    rf"chinh xac|chuan(?: roi)?|yes|vang|dong y|nhat tri|(?:tat|di|duong) nhien(?: roi| (?:la )?co)?|"
    rf"chac chan(?: co| roi)?|xong(?: het| ca)?(?: roi)?|(?:cung|deu|da|van) co(?: het| ca| du)?(?: roi)?|"
    rf"co (?:het|ca|du)(?: roi)?|"
    rf"da (?:{_DONE})(?: (?:{_DONE}|{UNITS}))*(?: roi)?|(?:{_DONE})(?: (?:{_DONE}|{UNITS}))* roi|"
    rf"co (?:{_DONE})(?: roi)?){_ENDING}"
)
_MAYBE_YES = Late(
    rf"{_POLITE}(?:a|da|duoc|duoc roi|chac(?: la)? co|co co|co (?:[1-9]\d* )?(?:{UNITS})|✓|"
    rf"✔|✅|👍|y){_ENDING}"
)
_NO = Late(
    rf"{_POLITE}(?:(?:van )?(?:khong|chua)(?: he| duoc)?"
    rf"(?: (?:gi|dau|ai|ok|dung|phai|duoc|can|chinh xac|phat sinh|(?:co )?(?:gi|ai|dau)|"
    rf"(?:{_DONE})(?: (?:{_DONE}|{UNITS}))*))?"
    rf"(?: (?:gi|dau|nao))?|(?:chac chan|hoan toan|tuyet doi|duong nhien)(?: la)? (?:khong|chua)(?: co)?|"
    rf"chua bao gio(?: co)?|sai(?: roi)?|no|0|chua tung(?: co)?){_ENDING}"
)
_MAYBE_NO = Late(rf"{_POLITE}(?:dau co|co (?:gi |ai )?dau|khong khong|lam gi co|khong roi|~no){_ENDING}")
_REST = (
    r"(?: (?!(?:khong|chua|nhung|dang|se|sap|hay|hoac|chac|le|the|dau|it|mot|phan|nua|moi|vua|dinh|ke|du|mai|"
    r"toi|den|neu|"
    r"thieu|tru|rieng|xong|het|con|sau|\?|~\S+)\b)[\w/,.:-]+){1,12}"
)
_TOLD_YES = Late(
    rf"{_POLITE}(?:co|da)(?: co)? (?:{_DONE}){_REST}|{_POLITE}(?:co|roi|da co) ,{_REST}|(?:co|da co) \d+{_REST}"
)
_TOLD_NO = Late(
    rf"{_POLITE}(?:khong|chua)(?: co)?(?: (?:{_DONE}))?(?: duoc)?(?: ,)? (?:vi|do|tai|boi)\b.*|(?:khong|"
    rf"chua) (?:{_DONE}){_REST}"
)
_CHOSEN = re.compile(
    r"^(?:(?:em|minh|ben em|don vi em|chon|tra loi|dap an|tich|danh|lay|cau tra loi)(?: la)? )+(?=(?:co|khong|"
    r"chua|da)\b)"
)
_OPEN = Late(r"\b(?:chua|khong) xong\b|\b(?:chua|khong) (?:day du|hoan thanh)\b|\bkhong khong co\b")


@dataclass(frozen=True, slots=True)
class Polarity:
    """Yes or no, with the reason to confirm it, if any."""

    value: bool
    doubt: str = ""


def of(message: str) -> Polarity | None:
    """Whether the message as a whole agrees or denies; all its parts must say the same."""
    parts = [part for part in re.split(r"[,;.!]+", message.lower()) if part.strip()]
    parts = [part for part in parts if not _ONLY_POLITE.fullmatch(" ".join(gloss(words(part))))] or parts
    said = [_part(part) for part in parts]
    if (
        not said
        or any(each is None or each.value != said[0].value for each in said if said[0])
        or said[0] is None
    ):
        return _whole(message)
    return next((each for each in said if each and each.doubt), said[0])


def _whole(message: str) -> Polarity | None:
    """Có, tổ chức hôm 5/11; chưa làm được vì mưa: with more words than one agrees or denies with."""
    line = " ".join(gloss(words(message)))
    if _OPEN.search(line):
        return None
    if _TOLD_YES.fullmatch(line):
        return Polarity(value=True, doubt="not_clear")
    return Polarity(value=False, doubt="not_clear") if _TOLD_NO.fullmatch(line) else None


def _part(part: str) -> Polarity | None:
    line = _CHOSEN.sub("", " ".join(gloss(words(part))))
    if _OPEN.search(line):
        return None
    for pattern, value in ((_YES, True), (_NO, False)):
        if pattern.fullmatch(line):
            return Polarity(value)
    for pattern, value in ((_MAYBE_YES, True), (_MAYBE_NO, False)):
        if pattern.fullmatch(line):
            return Polarity(value, "not_clear")
    return _whole(part)
