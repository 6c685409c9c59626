"""Commands inside a sentence: "cho em bỏ qua câu này ạ", "em đang họp, để mai em trả lời"."""

from __future__ import annotations

import re

from handlers.engine.glosses import gloss
from handlers.engine.late import Late
from handlers.engine.phrases import is_unknown
from handlers.engine.vietnamese import words

_LEAD = (
    r"(?:(?:da|vang|thua|a|u|uh|ok|em|minh|chung em|ben em|don vi em|anh|chi|ad|bot|oi|xin(?: phep)?|"
    r"cho(?: phep)?|vui long|lam on|nho|muon|can|hay|tam thoi|gio|bay gio|thoi|the|thi|vay|nen|roi|chac|phai|ma|"
    r"co le|se|dang|can bo|ban) )*"
)
_TAIL = (
    r"(?: (?:a|nhe|nha|nhen|di|da|em|anh|chi|minh|ad|bot|giup|ho|dum|gium|voi|cai|luon|thoi|do|day|vay|nghe|oi|"
    r"duoc roi|roi|cho em|truoc da|hen|nhi|nghen|nghe|ne|ha))*"
)
_THIS = (
    r"(?:(?:cau hoi|cau|muc|phan|cho|y|noi dung|chi tieu|o|cai|khoan)(?: (?:nay|do|hien tai))|(?:cau|"
    r"muc) hoi|nay)"
)
_OTHER = r"(?:cau|muc|phan|y|noi dung)(?: hoi)?(?: (?:khac|sau|tiep|tiep theo|ke|ke tiep|ke sau))"
_BEFORE = (
    r"(?:cau|muc|phan|y)(?: hoi)?(?: (?:truoc(?: do)?|vua roi|vua qua|hoi nay|luc nay|o tren|ben tren|"
    r"lien truoc))"
)
_PART = r"(?:sang|trua|chieu|toi|dem)"
_TIME = (
    rf"(?:(?:ngay |sang |trua |chieu |toi |dem )?mai|{_PART} nay|(?:mot )?(?:lat|ti|ty|chut|"
    r"xiu|luc)(?: nua| sau)?|(?:khi|luc|hom|dip|bua)(?: nao)? (?:khac|sau|ranh|nao ranh)|hom sau|tuan sau|"
    r"dau tuan(?: sau)?|"
    r"cuoi tuan|het gio(?: lam)?|sau gio(?: lam)?|ve nha|ngay kia|\d{1,2} (?:phut|p|ph|tieng|gio|"
    r"h)(?: dong ho)? nua|sau)"
)
_TELL = (
    r"(?:tra loi|bao cao|bao|nhap|dien|ghi|gui|khai|bo sung|tiep tuc|noi|cap nhat|nop|lam tiep|nhap tiep|khai tiep|"
    r"tra loi tiep|bao cao tiep|lam not|nhap not|lam sau|tinh tiep)"
)
_WHEN = rf"(?:{_TIME}|{_PART})"
_WHO = r"(?:em |minh |ben em |chung em |don vi em )?"
_ME = r"(?: (?:em|minh|toi))?"
_ENDS = r"(?: (?:sau|tiep|lai|not|so lieu|bao cao|cau nay|luon|cho|bu))*"
_PATTERNS = {
    "skip": (
        rf"(?:{_THIS} )?(?:{_WHO})(?:xin |cho |muon |cho phep |xin phep )*(?:em )?(?:bo qua|cho qua|bo wa|luot qua|"
        rf"bo trong|de trong)(?: {_THIS})?|bo {_THIS}|(?:skip|next|pass)(?: {_THIS})?|"
        rf"(?:chuyen|sang|qua|den|nhay|di)(?: sang| qua| den| toi)? {_OTHER}|"
        rf"(?:cau|muc|phan) (?:khac|tiep|tiep theo|ke|ke tiep)|"
        rf"(?:xin )?(?:khong|chua) (?:muon )?tra loi(?: duoc)?(?: {_THIS})"
    ),
    "pause": (
        rf"(?:de|hen) {_WHO}{_WHEN}(?: (?:roi|thi))? ?{_WHO}(?:(?:se )?(?:{_TELL}|lam){_ENDS})?|"
        rf"(?:cho|doi|khat) {_WHO}{_WHEN}(?: (?:roi|thi))? ?{_WHO}(?:se )?{_TELL}{_ENDS}|"
        rf"{_PART} (?:em|minh|ben em|don vi em)(?: se)? {_TELL}{_ENDS}|"
        rf"{_THIS} (?:de|hen) {_WHO}{_WHEN}(?: ?{_WHO}(?:se )?(?:{_TELL}|lam){_ENDS})?|"
        rf"{_TIME} (?:roi |thi )?{_WHO}(?:se )?{_TELL}{_ENDS}|(?:lat|ti|ty|chut)(?: nua)? {_WHO}lam{_ENDS}|"
        rf"(?:de )?{_WHO}(?:se )?{_TELL}{_ME} (?:vao )?{_TIME}|"
        rf"{_TIME} (?:hay |hang |roi |moi )?nhac(?: lai)?{_ME}|{_PART} nhac(?: lai)? (?:em|minh)|"
        rf"nhac(?: lai)?{_ME}(?: vao| luc)? {_TIME}|"
        rf"(?:tam )?(?:dung|dung~|ngung|nghi)(?: lai)?(?: (?:da|o day|tai day|bao cao))+|tam (?:dung|dung~|ngung)"
    ),
    "back": (
        rf"(?:quay|lui|tro|quay nguoc)(?: lai| ve)*(?: giup{_ME})? (?:{_BEFORE}|(?:(?:1|mot) )?(?:cau|muc|"
        rf"buoc))|ve {_BEFORE}|"
        rf"(?:sua|xem|lam|nhap|ghi)(?: lai)?(?: giup{_ME})? {_BEFORE}|"
        rf"{_BEFORE} {_WHO}(?:bi )?(?:(?:ghi|go|nhap|tra loi|dien|bam|viet|khai) )?"
        rf"(?:nham|sai|lon)(?: roi| so)?|"
        rf"(?:ghi|go|nhap|tra loi|dien|bam|khai) (?:nham|sai|lon)(?: o)? {_BEFORE}"
    ),
    "cancel": (
        r"(?:huy|xoa)(?: bo)?(?: giup(?: em)?)?(?: (?:het|toan bo|ca))?(?: (?:bao cao|bc|phieu|bai)(?: nay| do)?)"
    ),
    "help": (
        rf"(?:giup|huong dan|chi dan|tro giup|giai thich|ho tro)(?: giup)?{_ME}(?: cach)?(?: (?:lam|dien|nhap|"
        rf"tra loi))?"
        rf"(?: {_THIS})?|(?:goi|gap|nhan|lien he|noi chuyen voi)(?: cho)?(?: voi)? (?:nguoi|can bo|nhan vien|ai do)"
        rf"(?: (?:ho tro|huong dan|phu trach|giup))?|(?:anh|chi|ad|can bo|ai) (?:giup|ho tro|huong dan){_ME}"
        rf"(?: cach)?(?: (?:lam|dien|nhap|tra loi))?(?: {_THIS})?|{_THIS} {_WHO}can (?:ho tro|giup|huong dan)"
    ),
}
_WISHES = {
    name: Late(rf"{_LEAD}(?:{pattern}){_TAIL}(?: (?:a|nhe|nha))*") for name, pattern in _PATTERNS.items()
}
# One of these words at least: a quick look before the long pattern.
_NEEDED = {
    name: frozenset(spelt.split())
    for name, spelt in {
        "skip": "qua wa bo trong skip next pass chuyen nhay sang cau muc phan y tra noi di den",
        "pause": "mai nay nua lat ti ty chut xiu luc khi sau ranh de hen cho doi nhac dung dung~ ngung nghi tuan gio "
        "nha kia sang trua chieu toi dem khac hom dip bua",
        "back": "quay lui tro ve cau muc phan y",
        "cancel": "huy xoa",
        "help": "giup huong chi tro giai ho goi gap nhan lien noi can",
    }.items()
}
_REASON = Late(
    rf"{_LEAD}(?:dang |hoi |gio |co |bi )*(?:ban|hop|ban hop|ban viec|ban qua|lai xe|chay xe|di duong|"
    rf"di cong tac|di hoc|"
    rf"di hop|tren xe|trong ca|lam viec|di vang|co viec|ban chut|ban chut viec)(?: (?:roi|qua|chut|ti|mot chut|"
    rf"viec))*{_TAIL}"
)
_POLITE = Late(
    r"(?:da|vang|thua|a|u|uh|ok|em|anh|chi|ad|bot|oi|thoi|xin loi|sorry|alo)(?: (?:a|em|anh|chi|oi))*"
)
_OTHER_WORDS = {
    f"~{word}": word for word in ("tam", "ti", "nho", "bao", "gap", "ty", "nua", "tra", "loi", "sang", "day")
}
"""Tạm, tí, nhờ: other words than those which answers are made of."""
_CLAUSES = re.compile(r"[,;.!]+")


def wish(message: str) -> str:
    """The command that a sentence asks for and nothing else, by the engine's name; "" if it asks for none."""
    said = ""
    for clause in _CLAUSES.split(message):
        line = _line(clause)
        name = _named(line)
        if name and said not in {"", name}:
            return ""
        if not name and line and not _beside(line):
            return ""
        said = said or name
    return said


def _line(clause: str) -> str:
    spoken = words(clause)
    return " ".join(
        "6" if word.shape == "sau1" else _OTHER_WORDS.get(plain, plain)
        for word, plain in zip(spoken, gloss(spoken), strict=True)
    )


def _named(line: str) -> str:
    spoken = frozenset(line.split(" "))
    for name, pattern in _WISHES.items():
        if not spoken.isdisjoint(_NEEDED[name]) and pattern.fullmatch(line):
            return name
    reason = _REASON.match(line)
    return _named(line[reason.end() :].strip()) if reason and line[reason.end() :].strip() else ""


def _beside(line: str) -> bool:
    """Words that only explain or greet: "em đang họp", "chưa có số liệu", "dạ anh ơi"."""
    explains = is_unknown(line) and not re.search(r"\d", line)
    return bool(explains or _REASON.fullmatch(line) or _POLITE.fullmatch(line))
