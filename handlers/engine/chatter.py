"""What people say that answers nothing: greetings, thanks, questions back, complaints, promises, forwarded texts.

It is asked only where reading has found no answer, and for texts, which would otherwise take everything.
"""

from __future__ import annotations

import re

from handlers.engine.late import Late
from handlers.engine.typing_methods import undo_input_method
from handlers.engine.vietnamese import clean, fold, northern, shape

LONG = 160
"""Characters above which an answer to a short question is a forwarded text."""
QUESTION_WORDS = 18
"""Words above which a text with a question in it is the answer to a question that wants a text."""
COMPLAINT_WORDS = 12
FEW_WORDS = 8
"""Up to which a text is perhaps a complaint; above it is what was asked for."""
MOST_POLITE = 10

_ADDRESS = (
    r"(?:da|vang|thua|a|ah|ak|em|toi|minh|anh|chi|co|chu|bac|dong chi|dc|d/c|ad|admin|bot|tro ly|moi nguoi|"
    r"ca nha|ban|oi|nhe|nha|nhi|voi)"
)
_POLITE = rf"(?:{_ADDRESS}|day|do|ui|roi|xin|kinh|rat|nhieu|lam|qua|cho|cai|cac)"
_EDGES = rf"(?:{_POLITE} )*"
_END = rf"(?: {_POLITE})*"
_GREETING = (
    r"(?:chao|hello|helo|hi|hey|he lo|alo+|a lo|al|xin chao|kinh chao|chao buoi (?:sang|trua|chieu|toi)|"
    r"good morning|(?:co )?ai (?:o )?(?:do|day|nghe|truc)?(?: may)?(?: day)? ?khong|ai (?:truc|nghe)(?: may)?|"
    r"co (?:ai|do|day|nghe)(?: may)? (?:khong|k|ko)|"
    r"(?:chuc )?(?:buoi )?(?:sang|chieu|toi) (?:vui ve|tot lanh))"
)
_THANKS = (
    r"(?:cam on|camon|cam on nhe|thank|thanks|thank you|tks|thks|tk|cam on nhieu|biet on|"
    r"thanks kiu|thank kiu)"
)
_NOTED = (
    r"(?:u|ok+|oke+|okie|okay|okela|oki|um+|uhm*|uh|uk|ukm|ua|vang|da|duoc|duoc roi|da ro|ro|ro roi|ro rui|"
    r"da hieu|hieu|"
    r"hieu roi|biet roi|nhat tri|dong y|da nhan|nhan roi|da xem|da doc|da biet|xong|roi|r|the a|the ha|"
    r"the thoi a|vay a|vay ha|ra the|ra vay|yes|chuan|y)"
)
_LAUGHTER = re.compile(r"(?:h[aieo]){2,}h?|k{2,}|h{2,}|lol|[:=;<^][\w()^3*]*|[^\w?]+")
_ONLY_MARKS = re.compile(r"[\W_]*")

_DUE = Late(
    r"\b(?:han|han nop|han chot|han cuoi|deadline|thoi han)\b.*\b(?:may|nao|bao gio|khi nao|luc nao|bao nhieu|"
    r"chua|gi|sao)\b|"
    r"\b(?:khi nao|bao gio|luc nao|ngay may|ngay nao|hom nao|den ngay nao|mung may)\b.*\b(?:het han|den han|"
    r"phai nop|nop|phai gui|"
    r"gui|bao cao|khoa so|khoa so lieu|chot|xong|han)\b|"
    r"\b(?:nop|gui|bao cao)\b.*\b(?:truoc (?:ngay|hom) (?:may|nao)|ngay (?:may|nao)|khi nao|bao gio|luc nao)\b|"
    r"\bcon may ngay\b|\bcon bao nhieu ngay\b|\btre han (?:chua|khong)\b|\bqua han chua\b"
)
_WHO_SEES = Late(
    r"\b(?:bo phan|phong|ban|don vi|nguoi) nao (?:se |duoc )?(?:xem|doc|nhan|thay|biet)\b|"
    r"\bai (?:se |duoc |co the |la nguoi )*(?:xem|doc|thay|nhin thay|biet|nhan)\b|\b(?:gui|bao cao|"
    r"chuyen) (?:nay )?(?:di |den |toi )?"
    r"(?:cho )?ai\b|\b(?:bi lo|lo thong tin|lo ra|bao mat|cong khai)\b.*\b(?:khong|ko|k|chu)\b|"
    r"\bsep (?:co )?(?:xem|doc|thay|biet)\b"
)
_RECEIVED = Late(
    r"\b(?:nhan|gui|nop|ghi|luu|vao)(?: duoc)?\b.{0,30}\b(?:chua|chua a|duoc chua)$|"
    r"\bco nhan duoc\b.{0,30}\b(?:khong|ko|k)$"
)
_UNIT = (
    r"(?:da|vay|the|thi|la|roi|ma|nhi|ha|a|u|uh|e|day|do|nay|bao cao|bc|ban|thang|hom (?:qua|nay|kia)|bua (?:qua|nay)|"
    r"hoi (?:sang|chieu|toi|nay|qua)|luc nay|tu (?:sang|chieu|toi|hom qua)|(?:sang|chieu|toi) (?:nay|qua)|"
    r"con (?:nhac|hoi|doi|bat|gi)|nhac|hoi|doi|bat|hoai|mai|lai|nua|gi|sao|van|cu|duoc|toi (?:dau|noi)|den (?:dau|noi)|"
    r"xong|het|luon|dung|phai|khong|hong|chua|co|em|anh|chi|co|chu|bac|toi|minh|ben|don vi|nhe|nha|oi|ne)"
)
_IS_IN = Late(
    rf"(?:{_UNIT} )*?(?:gui|nop|bao cao|bc)(?: {_UNIT})*? (?:roi|chua)(?: {_UNIT})*|"
    rf"(?:{_UNIT} )*?xong chua(?: {_UNIT}| gui| nop)*|(?:{_UNIT} )*?nhan (?:duoc )?(?:bao cao |bc )?chua(?: {_UNIT})*"
)
"""Whether it has been handed in, asked or claimed, and nothing else: "gửi hôm qua rồi mà", "xong chưa?"."""
_NOT_YET = re.compile(r"(?<!xong )\b(?:chua|khong|ko) (?:\w+ )?(?:gui|nop|bao cao|bc)\b")
_LEFT = Late(
    r"\b(?:dang|toi|den) (?:o |lam )?cau (?:may|nao|mo|so may)\b|"
    r"\bcon (?:may|bao nhieu|nhieu)(?: cau| muc)?(?: hoi)?(?: nua)?\b(?! ngay)|\b(?:sap|gan) xong chua\b|"
    r"\bcon (?:lau|nhieu|dai) (?:nua )?khong\b|"
    r"\bbao nhieu cau\b|\bmay cau (?:nua|tat ca|thi xong)\b|\bbao gio (?:moi |thi )?xong\b|\bhet chua\b|"
    r"\bxong chua\b"
)
_WHO = Late(
    r"\bai (?:nhan_?|gui)(?: tin)?(?: nay)?\b(?! duoc)|^cai gi day\b.*\bai\b|"
    r"\b(?:ban|em|day|do|ad|bot|ai) (?:la|day la) (?:ai|gi|nguoi|may|robot|bot)\b|\bai (?:day|dang nhan|"
    r"nhan tin)\b|"
    r"\b(?:nguoi|may) (?:that )?hay (?:la )?(?:may|nguoi|bot|robot)\b|\bco phai (?:nguoi|may|bot)\b|\b(?:nguoi|"
    r"may) tra loi\b"
)
_ACT = r"(?:lam|gui|nop|nhap|tra loi|bao cao|bao|dien|khai|xem|viet|bo sung|tinh|ghi)"
_WHEN = (
    r"(?:lat|lat nua|ti|ti nua|ty nua|chut|chut nua|mot lat|mot chut|xiu nua|trua|trua nay|chieu|chieu nay|toi|"
    r"toi nay|mai|"
    r"ngay mai|sang mai|chieu mai|toi mai|hom sau|hom khac|tuan sau|cuoi tuan|cuoi thang|khi nao ranh|"
    r"luc nao ranh|ranh|"
    r"khi khac|luc khac|dip khac|hop xong|xong viec|ve nha|ve co quan|den co quan|cuoi ngay|cuoi buoi|(?:toi|"
    r"chieu|trua|mai) ve)"
)
_WHOM = r"(?:(?:em|toi|minh|anh|chi|chung em|chung toi|don vi|ben em) )?"
_PROMISE = Late(
    rf"{_EDGES}(?:de |cho |hen )?{_WHOM}{_WHEN} (?:thi |roi )?{_WHOM}(?:se |moi )?{_ACT}(?: (?:\w+)){{0,4}}|"
    rf"{_EDGES}{_WHOM}(?:se )?{_ACT} (?:sau|{_WHEN}){_END}|"
    rf"{_EDGES}(?:hom nay |gio |hien |hien gio |tam thoi )?(?:dang )?(?:ban|hop|ban hop|di hop|lai xe|di duong|"
    rf"chay xe|di cong tac|"
    r"o ngoai|di an cuoi|di vang|o benh vien|nghi phep|om|day lop|trong ca|o hien truong)(?: (?:qua|roi|chut|ti|"
    r"viec|mat|lam|hop|day|\w+)){0,4}|"
    rf"{_EDGES}(?:doi|cho|de) {_WHOM}(?:chut|ti|xiu|lat|mot chut|mot lat|1 chut|5 phut|tong hop|hoi|"
    rf"kiem tra)(?: \w+){{0,4}}"
)
_COMPLAINT = Late(
    r"\b(?:ghi|noi|gui|bao|tra loi) (?:het|du|xong)? ?roi (?:con )?(?:chi|gi|hoi)\b|"
    r"\b(?:tren kia|o tren|tren do|hoi nay|luc nay) (?:da )?(?:gui|ghi|noi|bao|tra loi) (?:het )?roi\b|"
    r"\b(?:met|phien|lang nhang|rac roi|phuc tap|ruom ra|dai dong|mat thoi gian|mat cong|chan|buc|buc minh|"
    r"kho chiu|nan|"
    r"oai|dau dau|roi ram|roi|kho|kho dung|kho hieu|lau|cham|dai) (?:qua|the|vay|that|ghe|lam|lam roi|vai|voi)\b|"
    r"\b(?:phien|rac roi|lang nhang|met moi|ruom ra|dai dong|kho dung)\b|"
    r"\bhoi (?:gi )?(?:ma )?(?:nhieu|lam|lai|mai|hoai|di hoi lai|lung tung)\b|\bsao (?:ma )?(?:hoi|nhieu|lau|"
    r"kho|lai hoi|cu hoi|phai)\b|"
    r"\b(?:qua nhieu|nhieu) (?:cau|cau hoi|thu|muc)\b|\b(?:ban|nhieu viec) (?:lam|qua|tui bui|ngap dau)\b|"
    r"\bkhong co thoi gian\b|\bk co thoi gian\b|"
    r"\bmay moc\b|\bkhong (?:biet |muon )?(?:lam|dung|bao cao|tra loi) (?:nua|dau|kieu nay)\b|\bcu hoi (?:mai|"
    r"hoai|di)\b|"
    r"\bda (?:bao|noi|gui|tra loi|nhap|bao cao) (?:cai nay |roi |nay )?(?:roi|ma|con)\b|\bnoi roi ma\b|"
    r"\btroi oi\b|\bchan the\b|\bthoi met\b|\bhanh (?:nhau|xac)\b|"
    r"\bvo bo\b|\bhinh thuc\b|\bbuc ca minh\b|\bkhong hieu (?:gi|bot|may|noi)\b|\blam mat thi gio\b"
)
_INSULT = Late(
    r"!|\b(?:ngu|do ham|ham qua|do hoi|vo van|tao lao|nham nhi|vo duyen|vo dung|bay ba|dm|dkm|vcl|clgt|"
    r"do te|nhu hach|nhu cut|lua dao)\b"
)
_RUDE = frozenset(map(shape, ("đéo", "láo", "khùng", "điên", "ngốc", "xàm", "đếch")))
"""Words that are others without their marks: đeo, lao động, khung, điện, Ngọc."""
_QUESTION = Late(
    r"\?|\b(?:ghi|tinh|lam|nhap|dien|tra loi|chon|khai|gui) sao\b|\b(?:la sao|la gi|nghia la|tuc la|la the nao|"
    r"nhu the nao|nhu nao|the nao|lam sao|sao day|sao nhi|"
    r"tai sao|vi sao|kieu gi|"
    r"o dau|cho nao|lay o dau|so nao|cai nao|muc nao|cau nao|loai nao|bao nhieu|khi nao|bao gio|ai (?:la|"
    r"ky|lam|duyet)|de lam gi|"
    r"lam gi|can gi|gom (?:nhung )?gi|gom ca|gom nhung ai|co can|co phai|phai khong|dung khong|duoc khong|"
    r"can khong|"
    r"khong nhi|chua nhi|ha em|ha anh|ha chi|ha ad|chu nhi|hay la|hay khong|duoc chua|nghia gi|thi sao|sao em|"
    r"y la gi|y gi|gi vay|gi the|vay la|the la)\b|"
    r"\b(?:co|tinh|gom|ke|ghi|lay|tinh ca|nhap|bao|dem|cong|phai|duoc|kem) .*\b(?:khong|ko|k|kg|hong|hok|hem|a|"
    r"ha|nhi|chua|luon)$|"
    r"\b(?:khong|ko|k|hong|hok|hem) (?:a|ah|em|anh|chi|ad|nhi|nhe|vay|the|ha|dong chi|ta)$|^(?:tinh|tinh ca|"
    r"ke ca|bao gom|gom|co tinh)\b.*\b(?:khong|ko|k|chua|ha|a|luon)\b|"
    r"^(?:gi|sao|the nao|la sao|cai gi|hoi gi|y gi)(?: (?:co|vay|the|day|ha|a|ta|nhi))*$|^(?:cho (?:em |toi |"
    r"minh )?hoi)\b|^(?:hoi|em hoi|toi hoi) (?:chut|ti|cai|la|xiu|them)\b|"
    r"\bkhong (?:hieu|ro) (?:cau|y|muc|cho|cai|phan)\b|\b(?:chua|khong) hieu(?: (?:lam|gi))?(?: a)?$|"
    r"\bkhong biet (?:tinh|ghi|lay|nhap|lam|dien|tra loi|hoi)\b"
)
_NAME = Late(
    rf"(?:(?:{_GREETING}|{_POLITE}|ten) )*la (?!gi\b|ai\b|sao\b|the\b|may\b|bao\b)(?:[^\W\d]+ ?){{1,8}}"
)
_FORWARDED = Late(
    r"^(?:fwd|fw|re|chuyen tiep|forwarded|tin chuyen tiep|kinh gui|kinh thua|kinh moi|thong bao|cong van|"
    r"ke hoach so|quyet dinh so|"
    r"thuc hien (?:cong van|ke hoach|chi thi))\b|\bhttps?\b|\bwww\b"
)
_SPELT = (
    "chưa không đâu gì/gỉ nào mấy/máy sao hạn hỏi rồi/rối khó lâu chán bận/bạn/bản/ban họp/hợp "
    "ốm hả/hà nhận ai à/ạ ngu gửi/gữi/gởi"
)
_RIGHT = {fold(spelt.split("/")[0]): frozenset(map(shape, spelt.split("/"))) for spelt in _SPELT.split(" ")}
"""Without marks → the words that it may be here."""
_TAIL = re.compile(rf"(?: (?:{_ADDRESS}|vay|the|day|do|ha)| ?\?)+$")
_SENTENCES = re.compile(r"[.!?…](?:\s|$)")


def heard(text: str) -> str | None:
    """The kind of talk that a message as a whole is; None if it may as well be meant as an answer."""
    said = _said(clean(text[:2000]))
    if not said:
        return "laughter" if text.strip() else None
    return _long(text, said) or _kind(said) or _kind(_said(undo_input_method(clean(text))), undone=True)


def _said(line: str) -> str:
    """Without marks, commas and the signs at the edges; a question mark stays."""
    if _ONLY_MARKS.fullmatch(line) and "?" not in line:
        return ""
    words = re.sub(r"[,;:!.“”\"'()\-~]+", " ", line).split()
    return " ".join(_word(word) for word in words)


def _word(word: str) -> str:
    """Without marks, unless they make it another word than the one that is asked with: "sửa chữa", "từ đầu"."""
    word = northern(word)
    if shape(word) in _RUDE:
        return f"{fold(word)}!"
    plain = fold(word)
    right = _RIGHT.get(plain.strip("?"))
    other = right is not None and plain != word and shape(word.strip("?")) not in right
    return f"{plain}_" if other else plain


def _long(text: str, said: str) -> str | None:
    if _FORWARDED.search(said) and len(said.split()) > 3:
        return "long"
    return "long" if len(text) > LONG or len(_SENTENCES.findall(text)) > 3 else None


def _kind(said: str, *, undone: bool = False) -> str | None:
    """The first kind that fits; "hihi" is no Telex."""
    if not undone and all(_LAUGHTER.fullmatch(word) for word in said.split()):
        return "laughter"
    if _is_in(said):
        return "received"
    asked = next(
        (name for name, pattern in _ASKED if pattern.search(said) or pattern.search(_core(said))), None
    )
    plain = asked or ("promise" if _PROMISE.fullmatch(said) else _whole(said))
    return plain or _felt(said) or ("name" if _NAME.fullmatch(said) else None)


def says_it_is_in(text: str) -> bool:
    """Whether a message asks or claims that the report has been handed in, and says nothing else."""
    return _is_in(_said(clean(text[:2000])))


def _is_in(said: str) -> bool:
    line = " ".join(said.replace("?", " ").split())
    if len(line.split()) > QUESTION_WORDS:
        return False
    return _IS_IN.fullmatch(line) is not None and _NOT_YET.search(line) is None


def _felt(said: str) -> str | None:
    """Blame, a complaint, or a question of any other kind."""
    short = len(said.split()) <= COMPLAINT_WORDS
    if short and (found := next((name for name, pattern in _FELT if pattern.search(said)), None)):
        return found
    return "question" if _QUESTION.search(said) or _QUESTION.search(_core(said)) else None


def _core(said: str) -> str:
    """Without what people add to a question: "… chưa em?"."""
    return _TAIL.sub("", said)


_FELT = (("insult", _INSULT), ("complaint", _COMPLAINT))
_ASKED = (
    ("due", _DUE),
    ("who_sees", _WHO_SEES),
    ("received", _RECEIVED),
    ("left", _LEFT),
    ("who", _WHO),
)


def _whole(said: str) -> str | None:
    """Greeting, thanks or agreement and nothing else; several of them are the one that says most."""
    line = said.replace("?", "").strip()
    if len(line.split()) > MOST_POLITE:
        return None
    for name, pattern in _WHOLES:
        if pattern.fullmatch(line):
            return name
    return None


_WHOLES = (
    ("noted", Late(rf"{_EDGES}{_NOTED}(?: {_NOTED})*{_END}")),
    ("greeting", Late(rf"{_EDGES}(?:{_NOTED} )?{_GREETING}(?: {_GREETING})*{_END}(?: {_GREETING}{_END})?")),
    (
        "thanks",
        Late(
            rf"{_EDGES}(?:{_NOTED}{_END} )?{_EDGES}{_THANKS}{_END}(?: (?:{_GREETING}|{_NOTED}|"
            rf"{_THANKS})){{0,2}}{_END}"
        ),
    ),
    ("greeting", Late(rf"(?:{_ADDRESS} ){{0,3}}oi(?: {_ADDRESS})?")),
    ("noted", Late(rf"{_ADDRESS}(?: {_ADDRESS}){{0,3}}")),
)


def is_short(text: str, kind: str) -> bool:
    """Whether a message is talk of a kind even where a text is wanted: a long text may have a question in it."""
    return len(text.split()) <= (QUESTION_WORDS if kind in ASKS else FEW_WORDS if kind in FELT else LONG)


FELT = ("complaint", "insult")
ASKS = ("question", "due", "who_sees", "received", "left", "who")
"""Kinds that ask something."""
