"""The words around a number: which are harmless, which make it an estimate, which make it another question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.engine.late import Late
from handlers.engine.outcome import Unclear
from handlers.engine.phrases import UNITS

_BEFORE = Late(
    r"\b(?:(?:don vi|ben|cong ty|truong|co quan|cong doan co ~?so)(?: em| minh| chung toi| chung em)|"
    r"(?:ca|toan) (?:don vi|cong ty|truong|co quan|xi nghiep|nha may)|cong doan co ~?so|"
    r"(?:cong ty|truong|co quan|xi nghiep|nha may)(?= (?:co|duoc|hien|dang|tong|la|van)\b)|"
    r"co|duoc|dc|dat|tong cong|tong so|tong gia tri|tong so tien|tong tien|tong|tat ca|toan bo|ca thay|"
    r"la|so luong|"
    r"so lieu|so tien|gia tri|tri gia|so la|sl|bao cao|hoan thanh|hien co|hien nay|hien tai|hien|"
    r"dang co|chi co|chi|vua co|vua|"
    r"gom|du|"
    r"da co|da|chi duoc|van la|van|thang nay|trong thang nay|trong thang|"
    r"don vi|cdcs|cong doan|chung toi|chung em|em|minh|thi|ghi|dien|nhap|"
    r"dap an|ket qua|(?:khoan|so|muc|cai) nay(?: la)?|ma|co tong|(?:so tien )?(?:viet )?bang (?:chu|so)|"
    r"co tat ca|chir co|chir|chir duoc|khi|ok|uh|u|vang)\b"
)
_AFTER = Late(
    rf"\b(?:(?:{UNITS})(?: vua| moi)?|tham gia|tham du|duoc tuyen truyen|duoc ho tro|vua|roi|tat ca|"
    rf"tong cong|"
    r"(?:cua |o )?(?:don vi|cdcs|cong doan)(?: em| minh)?|trong thang nay|trong thang|thang nay|hien nay|"
    r"hien tai|"
    r"dang sinh hoat|chan|tron|thoi|ca thay)\b"
)
_MONEY_AFTER = Late(
    r"\b(?:d|dong|vnd|tien quaf?|quaf?(?: tet)?|chan|tron|tien mat|tien viet|viet nam|tien|roi|thang nay|"
    r"trong thang|tat ca|tong cong)\b"
)
_DEC_AFTER = Late(rf"%(?: (?:{UNITS}))?|\b(?:pt|diem)\b")

_ESTIMATE = Late(
    r"\b(?:khoang(?: chung| do| tren duoi)?|uoc(?: tinh| chung| luong| dat)?|xap xi|ang chung|dau do|"
    r"chac(?: la| khoang| co| cung)?|hinh nhu(?: la| co)?|co le(?: la)?|gan|hon|tren duoi|tren|ngot|"
    r"chung(?! (?:em|toi|minh))|nghe noi)\b|"
    r"(?:^|(?<= ))[~≈](?= |$)"
)
_ESTIMATE_AFTER = Late(r"\b(?:gi do|thi phai|hon|co le|la cung|nhu vay|hay sao)\b")
# Time and sign are looked for first: they also hide among words that are harmless one by one.
_FORBIDDEN = {
    "other_period": (
        r"nam ngoai|nam truoc|(?:thang|quy|tuan|ky|dot|lan) (?:truoc|roi|vua roi|sau|toi|den)|hom qua|hom nay|"
        r"ke hoach|du kien|chir? tieu|muc tieu|sap|se|cung ky|luy ke"
    ),
    "negative": r"am|tru|~am",
    "negation": r"khong|chua|dung~|chang|~khong|dau phai",
    "relative": (
        r"(?<!dam )(?<!le )(?<!viec )tang(?! quaf?)|giam|them|bots?|so voi|gap|thieu|thua|vuot|chenh|cong|"
        r"con lai|hut|nhieu hon|it hon"
    ),
    "bound": (
        r"duoi|toi da|toi thieu|it nhat|nhieu nhat|tro len|tro xuong|do lai|quar?|den|toi|tu|ngoai|hang"
    ),
    "vague": r"vai|may|dam(?! tang| cuoi| gio| hoi)|nhieu|it|doi ba|nua|ruoi",
    "unit_price": r"tung|moix?|binh quan|trung binh|mot nguoi|suat",
    "question": r"may|bao nhieu|hay|hoac|phai khong|ha|nhi|khong phai",
}
_OF_PLAN = Late(r"% (?:so voi )?(?:ke hoach|chir? tieu)(?: (?:nam|thang|quy|de ra))*")
# "Tiền đâu mà 5 triệu": there is no such sum.
_REPROACH = Late(r"\bdau (?:ma|ra)\b|\blam gi (?:co|ra)\b|\blay dau\b")
_FIRST = ("other_period", "negative")
_ORDINAL = Late(
    r"\b(?:dot|lan|quy|thang|nam|tuan|ngay|lop|khoa|to|nhom|cau|muc|y|khu|ca|thu|hang|cap|loai|khoi|chuong|"
    r"dieu|duong|phong|so|quyet dinh|van ban|hang|ban|thon|xa|phuong|quan|(?<!dam )tang|ap)$"
)
_WRONG_UNIT = Late(
    r"^(?:ngay|gio|h|p|ph|ta|thang|nam|tuan|phut|quy|tuoi|dong(?! chi)|d|vnd|usd|kg|km|tan|lit|%|diem|hom|met|ha|"
    r"buoi sang|buoi toi)\b|^%"
)
_FOREIGN = Late(
    r"\$|€|£|¥|₫\$|\b(?:usd|usdt|(?<=[0-9] )do la|dola|dollars?|dolla|euros?|eur|yen|jpy|te|nhan dan te|cny|rmb|won|"
    r"krw|baht|bat|kip|"
    r"rup|aud|sgd|gbp|vang|luong vang|cay vang|chi vang)\b"
)


def foreign(line: str) -> bool:
    """Whether another currency than the đồng is named."""
    return _FOREIGN.search(line) is not None


def of_another_time(line: str) -> bool:
    """Whether the words speak of another period, or of a plan."""
    return re.search(rf"(?<!\w)(?:{_FORBIDDEN['other_period']})(?!\w)", line) is not None


def is_heading(words: Sequence[str]) -> bool:
    """Whether a label before a colon only names what is counted: "tổng số:", "số đoàn viên:"."""
    named = re.sub(rf"\b(?:so (?:luong )?)?(?:{UNITS})\b", " ", _strip(_BEFORE, " ".join(words)))
    return not named.strip(" .,:")


def unit_size(after: Sequence[str]) -> int:
    """How many words the unit after a number has; "viên chức" is no ten."""
    unit = re.match(rf"(?:{UNITS})(?!\w)", " ".join(after))
    return len(unit[0].split()) if unit else 0


def check(kind: str, before: Sequence[str], after: Sequence[str], *, spoken: bool) -> str:
    """Why to confirm a number that stands between these words, "" if nothing speaks against it."""
    left, right = " ".join(before), " ".join(after)
    of_plan = kind == "dec" and _OF_PLAN.match(right)
    right = right[of_plan.end() :] if of_plan else right
    _forbid(f"{left} ; {right}", _FIRST)
    if _REPROACH.search(left):
        raise Unclear("negation")
    estimate = bool(_ESTIMATE.search(left) or _ESTIMATE_AFTER.search(right))
    left = _strip(_BEFORE, _strip(_ESTIMATE, left))
    surprised = right.endswith("~a")
    right = _strip(_ESTIMATE_AFTER, right.removesuffix("~a"))
    if kind != "money" and _WRONG_UNIT.search(right) and not (kind == "dec" and _DEC_AFTER.match(right)):
        raise Unclear("wrong_unit")
    if kind == "money" and re.match(rf"(?:1 |mot )?(?!quaf)(?:{UNITS})\b", right):
        raise Unclear("unit_price")
    right = _strip(_AFTERS[kind], right)
    _forbid(f"{left} ; {right}", tuple(_FORBIDDEN))
    if kind != "money" and _ORDINAL.search(left):
        raise Unclear("ordinal")
    if left or right:
        if spoken or re.search(r"[^\w\s~,.;:]", left + right):
            raise Unclear("not_a_number")
        return "unknown_words"
    if of_plan:
        return "unknown_words"
    return "estimate" if estimate else "question" if surprised else ""


def _forbid(text: str, reasons: Sequence[str]) -> None:
    for reason in reasons:
        if re.search(rf"(?<![\w~])(?:{_FORBIDDEN[reason]})(?!\w)", text):
            raise Unclear(reason)


_AFTERS = {"int": _AFTER, "money": _MONEY_AFTER, "dec": _DEC_AFTER}


def _strip(pattern: Late, text: str) -> str:
    return " ".join(pattern.sub(" ", text).split()).strip(" ,.;:")
