"""What a word stands for: abbreviations written out, wrong marks noticed, polite words dropped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from handlers.engine.vietnamese import Word, fold, shape

# A word with these letters must have one of these spellings once it carries marks: "dừng" is not "đúng".
SPELT = """
    có không chưa rồi đúng phải ừ ạ dạ đã được như cũ vẫn ý gì đâu rõ đổi trước tháng khác giữ hơn gần trên
    khoảng tất cả cái mục câu số một đầu cuối này nay nào mới người đoàn viên lượt cuộc đồng triệu nghìn phát sinh
    biết nhớ thế vậy tăng giảm bằng giống kỳ lần báo cáo sai chính xác nhất trí ý thôi nhé nha nhá thành lập tổ chức
    làm thực hiện chi hỗ trợ ủng hộ ai hết tổng cộng là hiện còn đang sẽ hôm qua kia ngày tuần thứ mùng mồng năm âm
    vừa chủ nhật nửa rưỡi em anh chị tôi mình đó đấy đi luôn trừ và với hay hoặc chuẩn vâng chắc sáng chiều tối trưa
    lúc vào vẹn chẵn dưới ít nhiều vài mấy mỗi từng đến tới từ thiếu chỉ gồm đạt đủ thì hai ba bốn sáu bảy tám chín
    mười mươi lăm tư mốt trăm ngàn linh lẻ tỷ tỉ củ đâu hủy huỷ sửa gửi nộp lại tiếp khi hạng cũng đều chọn chứ
    mức dự dúng động no tự cùng chắn nhiên nhà công trọ thể cá trở đổ sắp ngoài ngoái ngoại tiêu hàng
    hội nghị đối đôi thoại căn bài buổi góc khu gương hộ gia
    giám đăng ánh cơ quả hồi hệt chữ lệ dĩ đây đa thiểu nhiêu lẽ nắm hỏi đợi giá trị cán cần
"""
ABBREVIATED = {
    **dict.fromkeys(("ko", "k", "kh", "hok", "hong", "khg", "hem", "khum", "hk", "kong"), "khong"),
    **dict.fromkeys(("khog", "hog", "khoog", "hokg", "hông", "hongg", "khonh"), "khong"),
    **dict.fromkeys(("kco", "koco", "khongco"), "khong co"),
    "trc": "truoc", "ps": "phat sinh", "j": "gi", "gj": "gi", "r": "roi", "rui": "roi", "ch": "chua", "cx": "cung",
    **dict.fromkeys(("oke", "okie", "okay", "okela", "oki", "okê", "uki", "okey", "oce", "okk"), "ok"),
    "yep": "yes", "yeah": "yes", "nope": "no", "dag": "dang", "bit": "biet", "bik": "biet", "bua": "hom",
    "hum": "hom", "wa": "qua", "ni": "nay",
}  # fmt: skip
_RESPELT = {
    shape(word): meaning
    for word, meaning in {
        "cỡ": "khoang", "độ": "khoang", "tầm": "khoang", "chừng": "khoang", "ước": "khoang", "kô": "khong",
        "chẳng": "khong", "chả": "khong", "hổng": "khong", "hông": "khong", "mỗi": "moix", "mới": "vua",
        "dư": "thieu", "thừa": "thieu", "bớt": "bots", "chỉ": "chir", "quá": "quar", "quà": "quaf",
        "tới": "den", "kìa": "kiaf", "hà": "a", "trơn": "tron", "trọi": "tron", "ráo": "rao", "kì": "ky", "quí": "quy",
        "hỏng": "khong", "á": "a", "tôi": "em", "dạ": "a", "đô": "usd", "bữa": "hom", "đóng": "dongs",
        "đừng": "dung~", "dừng": "dung~",
        "chớ": "chu",
    }.items()
}  # fmt: skip


def _allowed() -> dict[str, frozenset[str]]:
    shapes: dict[str, set[str]] = {}
    for word in SPELT.split():
        shapes.setdefault(fold(word), set()).add(shape(word))
    return {plain: frozenset(spellings) for plain, spellings in shapes.items()}


_ALLOWED = _allowed()
_ZERO_FOR_WORD = frozenset({"co", "phat", "ai", "gi", "thay", "doi", "biet", "ro", "nho", "he"})


def gloss(line: Sequence[Word]) -> list[str]:
    """The words without marks, abbreviations written out; a word whose marks make it another one gets a "~"."""
    glossed = [_gloss(word) for word in line]
    if glossed[:1] == ["0"] and len(glossed) > 1 and glossed[1] in _ZERO_FOR_WORD:
        glossed[0] = "khong"
    if "kg" in glossed:
        glossed = [_kilogram(line, at) if word == "kg" else word for at, word in enumerate(glossed)]
    return glossed


def _kilogram(line: Sequence[Word], at: int) -> str:
    """After a figure it is one, elsewhere "không"."""
    return "kg" if at and line[at - 1].figure else "khong"


@lru_cache(maxsize=8192)
def _gloss(word: Word) -> str:
    if word.shape in _RESPELT:
        return _RESPELT[word.shape]
    plain = ABBREVIATED.get(word.plain if not word.marked else word.shape, word.plain)
    if word.marked and word.plain in _ALLOWED and word.shape not in _ALLOWED[word.plain]:
        return f"~{plain}"
    # Swapped letters: "khnog", "kohng".
    return "khong" if len(plain) == 5 and sorted(plain) == ["g", "h", "k", "n", "o"] else plain


# Without marks "chi", "ban", "thua" or "bot" are as often chỉ, ban, thừa or bớt.
_MARKED_ONLY = frozenset({"thua", "ha", "chi", "ban", "do", "day", "rua", "he", "hi", "hay"})
_POLITE = {
    word: (before, after)
    for before, after, spelt in (
        (True, False, "dạ đã thưa mình tôi vâng à bc"),
        (False, True, "nhé nha nhá nhen nghe nghen hen nè bạn đó đấy luôn rứa hè hỉ hầy"),
        (True, True, "ạ á em anh chị ơi ad thôi e hà"),
    )
    for plain in spelt.split()
    for word in {shape(plain), *({fold(plain)} - _MARKED_ONLY)}
}

# Polite words that are none here: "tối đa 12", "tối qua", "căn nhà", all typed without marks; "nha chi" is "nha chị".
_KEPT_BEFORE = frozenset({("toi", "da"), ("toi", "qua"), ("toi", "nay")})
# "Ba mươi lăm nha chị" builds no houses.
_TENS_SPOKEN = frozenset({"muoi", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "ham"})
_HOUSES = frozenset({"can", "khu", "ngoi", "cai", "lam", "xay", "sua"})
_EDGES = frozenset(".,;:!\"'()[]`“”‘’")


def _polite(line: Sequence[Word], at: int, *, before: bool) -> bool:
    word = line[at]
    if before and at and word.plain == "thua" and line[at - 1].plain == "da":
        return True
    if not word.marked and _is_kept(line, at, before=before):
        return False
    if not before and at and word.shape == "chi" and _POLITE.get(line[at - 1].shape, (False, False))[1]:
        return True
    return word.plain in _EDGES or _POLITE.get(word.shape, (False, False))[0 if before else 1]


def _is_kept(line: Sequence[Word], at: int, *, before: bool) -> bool:
    """Whether a word without marks is another one than the polite one, by its neighbour."""
    if not before:
        counted = at > 1 and line[at - 1].plain == "lam" and line[at - 2].plain in _TENS_SPOKEN
        return line[at].plain == "nha" and at > 0 and line[at - 1].plain in _HOUSES and not counted
    pair = tuple(word.shape for word in line[at : at + 2])
    return pair in _KEPT_BEFORE and (pair != ("toi", "da") or (at + 2 < len(line) and line[at + 2].figure))


def without_courtesy(line: Sequence[Word]) -> list[Word]:
    """Drop polite words and punctuation at both ends; something always remains."""
    start, end = 0, len(line)
    while start < end - 1 and _polite(line, start, before=True):
        start += 1
    while start < end - 1 and _polite(line, end - 1, before=False):
        end -= 1
    return list(line[start:end])
