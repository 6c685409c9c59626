"""Answers without a number: nothing to report, unchanged, not known yet; all as glossed text without marks."""

from __future__ import annotations

from handlers.engine.late import Late

NO = "khong|chua|van chua"
_PLACE = (
    r"(?:(?:thang|ky|dot) nay|trong thang(?: nay)?|hien nay|hien tai|hien|(?:don vi|ben|co quan|cong ty|"
    r"truong)"
    r"(?: em| toi| minh| chung toi| chung em)|don vi|cdcs|chung toi|chung em|t[iy] le|thi|cung|"
    r"tam thoi|hoan toan|that su)"
)
# What forms count; with "không" before it, or right after a number, the whole is understood.
_UNITS = (
    "nguoi lao dong|luot nguoi|luot doan vien|luot cnvcld|luot|nguoi|ng|doan vien|dv|hoi vien|thanh vien|"
    "cnvcld|cnvc|cnld|nld|cong nhan|lao dong|can bo|cbcnv|giao vien|gv|nhan vien|vien chuc|cong chuc|"
    "cuoc tuyen truyen|cuoc giam sat|cuoc doi thoai|cuoc hop|cuoc|dot|buoi tuyen truyen|buoi|lan|"
    "hoi nghi|toa dam|lop tap huan|tap huan|bai viet|bai dang|bai|tin bai|suat quaf?|suat|quaf|"
    "phan quaf?|phan|"
    "hoan canh|ho ngheo|ho gia dinh|ho|gia dinh|chau|truong hop|th|vu viec|vu|viec|y tuong|sang kien|sk|"
    "y kien|"
    "kien nghi|de xuat|vuong mac|phan anh|goc xuong|goc|khu nha tro|khu|nha tro|nha|tap the|ca nhan|guong|"
    "mo hinh|dien hinh|to|de tai|dong chi|dc|cong trinh|cai|chiec|giai phap|noi dung|hoat dong|nu cong nhan|"
    "nguoi ngheo|nguoi dan|can nha|doanh nghiep|phieu|san pham|sp|chuong trinh|van ban|cuon|buc anh|hop qua|nhom|lop|"
    "hoc sinh|sinh vien|dang vien|doan vien cong doan|dvcd|cong doan co so|can bo cong doan|nu|phan thuong|giay khen|"
    "bang khen|to cong doan|uy vien|bai viet facebook|bai dang facebook|bai viet tren facebook|chi em|anh em|"
    "anh chi em"
)
# Longest first, so that "người nghèo" is not "người" with a word left over.
UNITS = "|".join(sorted(_UNITS.split("|"), key=len, reverse=True))
_MONEY = "chi phi|khoan chi|khoan|tien|kinh phi|dong|so tien"
_DONE = (
    "to chuc|thuc hien|trien khai|lam|ung ho|ho tro|dong gop|van dong|trao|tham hoi|tham|tang qua|tuyen truyen|"
    "thanh lap|tham gia|khen thuong|giam sat|chi tra|dongs(?: gop| quy)?"
)
_PRIOR = r"(?:thang|ky|lan|bao cao|bc)(?: bao cao)? (?:truoc|roi|vua roi|vua qua)"
_SAME = (
    r"(?:nhu|y nhu|giong|giong nhu|bang|nhu la|y|y het|giong het|y chang|y chang nhu|het nhu|giong y|y xi|"
    r"y xi nhu)(?: hoi)?"
)

_TOLD = r"(?:em|(?:xin )?bao cao(?: la)?|(?:so |dap an |tra loi |ghi )?la)"
_ZERO = Late(
    rf"(?!khong (?:het|ca)$)(?!(?:van )?chua dong$)(?:(?:{_PLACE}|{_TOLD}) )*(?:"
    rf"khong(?: co)?(?: gi| dau)?|khong %|khong he(?: co)?|(?:van )?chua co(?: gi)?|zero|"
    rf"(?:{NO})(?: co)?(?: gi)? phat sinh(?: gi| them)?|(?:{NO}) phat sinh (?:{UNITS}|{_MONEY})(?: nao| gi)?|"
    rf"(?:{NO})(?: co)?(?: mot)? (?:{UNITS}|{_MONEY})(?: (?:vua|moi))?(?: nao| gi)?|"
    rf"(?:{NO})(?: co)?(?: mot)? ai|"
    rf"(?:{NO}) chi(?: gi|(?: (?:{_MONEY}))?(?: nao)?)?"
    rf")(?: {_PLACE}| het| ca| dau| tham gia| tham du| tron| trot| rao| luon| sat| a)*"
)
_NOTHING = Late(
    rf"(?:{_PLACE} )*(?:khong(?: co)?(?: gi| dau)?|khong co chi|khong he(?: co)?|chua co(?: gi)?|"
    rf"(?:{NO})(?: co)?(?: gi)? phat sinh(?: gi| them)?|"
    rf"(?:{NO}) co (?:noi dung|hoat dong)(?: nao| gi)?)(?: {_PLACE}| het| ca| dau)*"
)
_PERHAPS_ZERO = Late(
    rf"(?!khong (?:het|ca)$)(?:{_PLACE} )*(?:chua|-|mien phi|khong (?:ton|mat)(?: tien| dong nao| gi)?|"
    rf"khong co chi|chua dong|khong con(?: ai| gi)?|"
    rf"(?:{NO})(?: co)? (?:{_DONE})(?: (?:{UNITS}|{_MONEY}))?(?: nao| gi)?|"
    rf"(?:{NO}) co kinh phi|(?:{NO}) co y kien(?: gi)?)(?: {_PLACE})*"
)
_CARRY = Late(
    rf"(?:{_PLACE} )*(?:(?:van|cung|giu|lay|ghi|nhap|de|dung|so|so lieu|bao cao) )*(?:"
    rf"{_SAME} (?:so |so lieu )?(?:cu|truoc|{_PRIOR})|(?:so |so lieu )(?:cu|{_PRIOR})|van cu|"
    rf"(?:van|giu|de) ?(?:y )?nguyen(?: (?:so|so lieu|ti le|ty le|con so|muc)(?: cu)?)?|nguyen nhu (?:cu|{_PRIOR})|"
    rf"y nguyen|van (?:vay|the|nhu vay|nhu the)|"
    rf"y chang|{_SAME} {_PRIOR} (?:thoi|nhe)"
    rf")"
)
_UNCHANGED = Late(
    rf"(?:{_PLACE} )*(?:{NO})(?: co)?(?: gi| su)? (?:thay doi|doi|bien dong|tang them|khac|tang,? (?:khong|"
    rf"cung khong|va khong) giam|tang giam)"
    rf"(?: gi(?: ca)?)?(?: (?:so )?(?:voi )?{_PRIOR})?(?: {_PLACE})*"
)
_CARRY_UNCHANGED = Late(rf"(?:{_CARRY.pattern})(?: ,)? (?:{_UNCHANGED.pattern})")
_UNKNOWN = Late(
    rf"\b(?:(?:{NO})(?: co| the| duoc| he| ai)* (?:biet|ro|nho|chac|nam (?:duoc|ro|so)|xac dinh|quyet|"
    rf"tong hop|thong ke|dem|tinh|chot|"
    r"kiem|so lieu|thong tin|ket qua|bao cao|nghe|hieu|cap nhat|nhan duoc|du lieu|tong ket)|quen|bo tay|"
    r"(?:de|cho|doi|phai) (?:\S+ )?(?:xem|hoi|kiem tra|tong hop|hoi lai)|dang (?:tong hop|cap nhat|thong ke|"
    r"kiem|cho|doi)|"
    r"(?:bao|tra loi|gui|bo sung) sau)\b"
)


def is_zero(line: str) -> bool:
    """The whole answer says that there is nothing: "không có cuộc nào", "chưa phát sinh"."""
    return _ZERO.fullmatch(line) is not None


def is_nothing(line: str) -> bool:
    """Nothing at all, with no word about what there is none of: "không", "không có gì"."""
    return _NOTHING.fullmatch(line) is not None


def is_perhaps_zero(line: str) -> bool:
    """It probably says so: "chưa", "không tổ chức"."""
    return _PERHAPS_ZERO.fullmatch(line) is not None


def is_carry(line: str) -> bool:
    """The whole answer says that last period's value stands: "như cũ", "không thay đổi"."""
    return any(pattern.fullmatch(line) for pattern in (_CARRY, _UNCHANGED, _CARRY_UNCHANGED))


def is_unknown(line: str) -> bool:
    """The answer says that the value is not known, or not yet."""
    return _UNKNOWN.search(line) is not None
