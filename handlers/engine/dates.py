"""Days of the past year: day first, weekdays, "hôm qua"; lunar days and parts of a date are asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from handlers.engine import phrases
from handlers.engine.figures import LOOK_ALIKE
from handlers.engine.glosses import gloss, without_courtesy
from handlers.engine.late import Late
from handlers.engine.number_cursor import starts
from handlers.engine.number_words import AFTER_TENS, ALONE, DIGITS, DOUBTFUL, ZERO
from handlers.engine.numerals import quantity
from handlers.engine.outcome import Reading, Unclear, found
from handlers.engine.second_thoughts import corrected
from handlers.engine.vietnamese import Word, lexicon, words

REACH = timedelta(days=400)

_LUNAR = re.compile(r"\b(?:al|am lich|ram|tet|chap|gieng|nhuan|am)\b|(?<=\d) ?(?:am|ta)\b|~am\b")
_SPAN = re.compile(r"\b(?:den|toi|va|hoac|hay)\b|[,;+&]")
_FILLER = Late(
    r"^(?:(?:vao|vua|hom|luc|hoi|la|co|da|to chuc|phat dong|ap ~?dung|bat dau|tu|sang|trua|chieu|toi|dem|"
    r"khoang) )+"
    r"(?=ngay|thu|t ?\d|cn|chu nhat|\d|mung|mong|hom)"
)
_TIME = Late(r"\b\d{1,2} ?(?:h|gio|g|:) ?(?:\d{2}\b(?! ?[/.-]))? ?|\b(?:luc|hoi) (?=ngay|\d)")
_WEEKDAY = re.compile(r"(?:thu|t) ?\.? ?([2-7])|cn|chu nhat")
_DAY = r"(?P<d>\d{1,2})"
_MONTH = r"(?P<m>\d{1,2})"
_YEAR = r"(?P<y>\d{4}|\d{2})"
_EARLY = r"(?P<mung>(?:mung|mong) )?"
_SEP = r" ?[/.-] ?"
_FORMS = tuple(
    Late(form)
    for form in (
        rf"{_EARLY}{_DAY}{_SEP}{_MONTH}(?:{_SEP}{_YEAR}| (?P<y3>\d{{4}})| nam (?P<y2>\d{{4}}|\d{{2}}))?[/.]?",
        rf"{_EARLY}{_DAY}(?:{_SEP}| )(?:thang|thg|th|t) ?\.?{_MONTH}(?:(?: nam |{_SEP}| ){_YEAR})?",
        rf"(?:thang|t) ?{_MONTH},? ngay {_DAY}(?:,? nam {_YEAR})?",
        rf"ngay {_DAY},? (?:thang|t) ?{_MONTH},? {_YEAR}",
        rf"(?P<y>\d{{4}})(?P<sep>[/.-]){_MONTH}(?P=sep){_DAY}",
        rf"{_DAY} {_MONTH} {_YEAR}(?P<loose>)",
        rf"{_DAY} {_MONTH}(?P<loose>)",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4}|\d{2})(?P<loose>)",
    )
)
_DAYS_AGO = {
    "hom nay": 0, "hom qua": 1, "hom kia": 2, "hom kiaf": 3, "nay": 0, "hnay": 0, "hqua": 1,
    **dict.fromkeys((f"{part} nay" for part in ("sang", "trua", "chieu", "toi")), 0),
    **dict.fromkeys((f"hoi {part}" for part in ("sang", "trua", "chieu")), 0),
    **dict.fromkeys((f"{part} qua" for part in ("sang", "trua", "chieu", "toi", "dem")), 1),
}  # fmt: skip
_AGO = re.compile(r"(?:cach (?:day|hom nay|nay) )?(\d{1,3}) (ngay|hom|tuan)(?: (?:truoc|roi))?")
# A day that is known by its name: only ever confirmed.
_HOLIDAYS = {
    "quoc khanh": (2, 9), "nha giao(?: viet nam)?": (20, 11), "quoc te phu nu": (8, 3), "phu nu viet nam": (20, 10),
    "quoc te lao dong": (1, 5), "giai phong(?: mien nam)?": (30, 4), "thanh lap cong doan(?: viet nam)?": (28, 7),
    "thuong binh liet s[iy]": (27, 7), "quoc te thieu nhi": (1, 6), "thay thuoc(?: viet nam)?": (27, 2),
    "thanh lap doan": (26, 3), "thanh lap dang": (3, 2), "quan doi nhan dan": (22, 12), "(?:noel|giang sinh)": (25, 12),
}  # fmt: skip
_ANY = re.compile(
    r"(?<![\d/.-])\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?(?:\d{4}|\d{2}))?(?: nam \d{4})?(?![\w/.-])|"
    r"\b(?:ngay )?\d{1,2} (?:thang|thg|t) ?\d{1,2}(?:,? nam \d{4}| ?[/.-] ?\d{4})?(?!\w)|"
    r"\b(?:ngay )?\d{1,2} thang (?:nay|truoc|roi)\b|\bhom (?:nay|qua|kia)\b|\b(?:sang|trua|chieu|toi) (?:nay|qua)\b"
)
# QĐ 25 ngày 3/11: the number of a paper before its day.
_DOCUMENT = re.compile(
    r"^.*?\b(?:qđ|qd|kh|cv|tb|bc|tt|nq|ct|hd|quyết định|quyet dinh|kế hoạch|ke hoach|công văn|cong van|"
    r"thông báo|thong bao|"
    r"tờ trình|to trinh|văn bản|van ban|nghị quyết|nghi quyet|biên bản|"
    r"bien ban)\b[^,;]*?\d+(?:[/-][^\s,;]*)?[^,;\d]*?(?=ngày|ngay)"
)
_UNSURE = re.compile(r" (?:thì phải|thi phai|gì đó|gi do|hay sao|phải không|phai khong)\W*$")
_ASKED = re.compile(r"[? ]*\?$")
_UNSAFE = re.compile(
    r"\d|~|\?|\b(?:khong|chua|dung|chang|du kien|ke hoach|se|sap|mai|den|sau|truoc|hoac|hay|va|voi|lui|hoan|doi|"
    r"chuyen|"
    r"huy|phai|nham|sai|han|thang|nam|tuan|quy|ngay|moi|hang|tru|cach|neu|lich|ket thuc|het|gan|sang)\b"
)
_FUTURE = re.compile(r"\b(?:mai|mot|ngay kia|toi|sau|sap|den)\b")
_YEAR_WORDS = frozenset({"nay", "ngoai", "truoc"})
_MONTHS_ONLY = lexicon({"tư": 4})


def read(message: str, today: date) -> Reading:
    """The day that the message names: on or before today, at most 400 days ago."""
    if LOOK_ALIKE.search(message):
        raise Unclear("look_alike")
    if doubted := _with_doubt(message, today):
        return doubted
    line = without_courtesy(words(message))
    if not line:
        raise Unclear("not_a_date")
    glossed = gloss(line)
    if phrases.is_unknown(" ".join(glossed)):
        raise Unclear("unknown")
    text = _tidy(" ".join(_with_figures(line, glossed)))
    if _LUNAR.search(text):
        raise Unclear("lunar")
    text = re.sub(r" ?\b(?:duong lich|duong|dl)$", "", text)
    for reader in (_relative, _weekday, _calendar, _day_only, _holiday, _edge_of_month, _amid_words):
        found_day = reader(text, today)
        if found_day is not None:
            return _in_doubt(found_day) if _doubtful_words(line) else found_day
    raise Unclear(_why(text))


def _with_doubt(message: str, today: date) -> Reading | None:
    """A day that was put right, is doubted, or stands beside the number of a paper: confirmed."""
    if said := corrected(message):
        read(said[0], today)
        return Reading("confirm", read(said[1], today).value, "two_dates")
    for part, reason in ((_UNSURE, "estimate"), (_DOCUMENT, "unknown_words"), (_ASKED, "question")):
        if part.search(message):
            meant = " ".join(part.sub(" ", message).split())
            return Reading("confirm", read(meant, today).value, reason)
    return None


def _doubtful_words(line: Sequence[Word]) -> bool:
    """As in "20 thang nam", which is May, or a month and a year; "bữa kia" is also some other day."""
    return any(
        (word.plain == "thang" and after.shape in DOUBTFUL)
        or (word.plain == "bua" and after.plain in {"kia", "hom"})
        for word, after in pairwise(line)
    )


def _in_doubt(reading: Reading) -> Reading:
    return Reading("confirm", reading.value, reading.reason or "look_alike")


def _why(text: str) -> str:
    if len(re.findall(r"\d{1,2} ?[/.-] ?\d{1,2}", text)) > 1 or (
        _SPAN.search(text) and re.search(r"\d", text)
    ):
        return "two_dates"
    return "future" if _FUTURE.search(text) and not re.search(r"\d", text) else "not_a_date"


def _with_figures(line: Sequence[Word], glossed: Sequence[str]) -> list[str]:
    """Number words become figures; "năm" before a year, "tư" after tháng or thứ are what they are there."""
    written: list[str] = []
    at = 0
    while at < len(line):
        last = written[-1] if written else ""
        if line[at].shape in _MONTHS_ONLY and last in {"thang", "thu"}:
            written.append("4")
        elif last == "nam" and (year := _digit_by_digit(line[at : at + 4])):
            written.append(year)
            at += 3
        elif line[at].figure or not _counts(line, at, last) or _is_year(line, glossed, at, last):
            written.append(line[at].plain if line[at].figure else glossed[at])
        else:
            number = quantity(_until_year(line, at, last), at)
            if number.doubt == "tail" or number.value != int(number.value):
                raise Unclear("not_a_date")
            if number.doubt == "look_alike" and (last != "thang" or line[at].plain == "sau"):
                raise Unclear("not_a_date")
            written.append(str(int(number.value)))
            at = number.end - 1
        at += 1
    return written


def _counts(line: Sequence[Word], at: int, last: str) -> bool:
    """A number; not "công ty" or "Việt Nam"."""
    return starts(line, at) and line[at].shape not in ALONE and last not in {"viet", "mien"}


def _digit_by_digit(line: Sequence[Word]) -> str:
    """Năm hai không hai sáu."""
    digits = {**DIGITS, **AFTER_TENS, **ZERO}
    said = [str(digits[word.shape]) for word in line if word.shape in digits]
    return "".join(said) if len(said) == 4 and said[:2] == ["2", "0"] else ""


def _until_year(line: Sequence[Word], at: int, last: str) -> Sequence[Word]:
    """Cut before "năm 2026", so that "tháng mười năm 2026" is not fifteen; a year itself is read whole."""
    if last == "nam":
        return line
    for index in range(at + 1, len(line) - 1):
        if line[index].plain == "nam" and (line[index + 1].figure or line[index + 1].plain in _YEAR_WORDS):
            return line[:index]
        if line[index].plain == "nam" and line[index + 1].plain == "hai" and index + 2 < len(line):
            return line[:index]
    return line


def _is_year(line: Sequence[Word], glossed: Sequence[str], at: int, last: str) -> bool:
    if glossed[at] != "nam" or at + 1 >= len(line) or last in {"thang", "thu"}:
        return False
    following = line[at + 1]
    return following.figure or following.plain in _YEAR_WORDS or starts(line, at + 1)


def _tidy(text: str) -> str:
    text = re.sub(r"\s*([/.])\s*", r"\1", text)
    text = re.sub(r"(?<=\d)\s*-\s*(?=\d)", "-", text)
    text = re.sub(r" ?,(?= (?:thang|nam) )", "", text)
    text = re.sub(r"\bngay ?:", "ngay", text)
    text = re.sub(r"((?:thang|thg|t) ?\d{1,2}) ?,(?= \d{4}$)", r"\1", text)
    text = re.sub(r"(?<=\d),? \(? ?((?:thu|t) ?[2-7]|cn|chu nhat) ?\)?$", r" = \1", text)
    text = re.sub(r"(.*\d) = (.*)", r"\2 \1", text)
    text = re.sub(r"(.*\d),? \(? ?(hom (?:nay|qua|kia)) ?\)?$", r"\2 \1", text)
    text = re.sub(
        r"(?<=\d[/.-]\d) (?:vua roi|vua qua)$|(?<=\d[/.-]\d\d) (?:vua roi|vua qua)$|"
        r"(?<=thang \d) vua roi$|(?<=thang \d\d) vua roi$",
        "",
        text,
    )
    return text.strip(" .,;")


def _relative(text: str, today: date) -> Reading | None:
    if re.fullmatch(r"(?:[1-9]|1[0-2]) thang (?:truoc|roi)", text):
        raise Unclear("day_only")
    text = re.sub(
        r"^(?:vua )?(?:(?:sang|trua|chieu|toi|dem|luc|vao) )*(?:ngay )?(?=hom )|^(?:vua )?(?:ngay )?",
        "",
        text,
    )
    day, _, named = text.partition(" ")
    if text in _DAYS_AGO:
        doubt = "look_alike" if text == "nay" else ""
        return found(today - timedelta(days=_DAYS_AGO[text]), doubt)
    ago = _AGO.fullmatch(text)
    if ago and (text.endswith(("truoc", "roi")) or text.startswith("cach")):
        days = int(ago[1]) * (7 if ago[2] == "tuan" else 1)
        return found(_reachable(today - timedelta(days=days), today), "estimate")
    for spoken, days in _DAYS_AGO.items():
        if text.startswith(f"{spoken} ") and day and named:
            return _agreeing(text[len(spoken) :].strip(" ,."), today - timedelta(days=days), today)
    return None


def _agreeing(rest: str, expected: date, today: date) -> Reading | None:
    """A day that was named twice must be the same day."""
    reading = _calendar(rest, today)
    if reading is None:
        return None
    if reading.value != expected:
        raise Unclear("two_dates")
    return reading


def _weekday(text: str, today: date) -> Reading | None:
    """The latest such day that has passed; with a date beside it, both must agree."""
    match = _WEEKDAY.match(_FILLER.sub("", text))
    if match is None:
        return None
    weekday = int(match[1]) - 2 if match[1] else 6
    rest = _FILLER.sub("", text)[match.end() :].strip(" ,.-")
    if rest in {
        "",
        "vua roi",
        "vua qua",
        "roi",
        "qua",
        "tuan nay",
        "tuan truoc",
        "tuan roi",
        "tuan vua roi",
        "dau tuan",
    }:
        return found(_latest(weekday, rest, today), "weekday")
    reading = _calendar(rest.strip("() "), today) or _day_only(rest.strip("() "), today)
    if reading is not None and isinstance(reading.value, date) and reading.value.weekday() != weekday:
        raise Unclear("weekday")
    return reading


def _latest(weekday: int, which: str, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    if which.startswith("tuan"):
        day = monday + timedelta(days=weekday - (0 if which == "tuan nay" else 7))
        if day > today:
            raise Unclear("future")
        return day
    if weekday == today.weekday():
        raise Unclear("weekday")
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _calendar(text: str, today: date) -> Reading | None:
    vague = re.search(r"\b(?:tu|khoang|tam) ", text)
    text = re.sub(r"^ngay ", "", _FILLER.sub("", text))
    timed = _TIME.sub("", text).strip(" ,") if re.search(r"\d{1,2} ?(?:h|gio|g|:)", text) else text
    timed = re.sub(r"^ngay ", "", timed.removeprefix("hom "))
    for form in _FORMS:
        match = form.fullmatch(_in_figures(timed, today))
        if match is not None:
            parts = match.groupdict()
            doubtful = "loose" in parts or timed != text or parts.get("mung") or vague
            return _dated(parts, today, "look_alike" if doubtful else "")
    return None


def _in_figures(text: str, today: date) -> str:
    """Năm nay, năm ngoái, tháng này, tháng trước in figures."""
    text = re.sub(r"\bnam nay$", f"nam {today.year}", text)
    text = re.sub(r"\bnam (?:ngoai|truoc)$", f"nam {today.year - 1}", text)
    text = re.sub(r"\bthang nay$", f"thang {today.month} nam {today.year}", text)
    before = today.replace(day=1) - timedelta(days=1)
    return re.sub(r"\bthang (?:truoc|roi|vua roi|qua)$", f"thang {before.month} nam {before.year}", text)


def _dated(parts: dict[str, str | None], today: date, doubt: str) -> Reading:
    year = parts.get("y") or parts.get("y2") or parts.get("y3")
    day, month = int(parts["d"] or 0), int(parts["m"] or 0)
    if year:
        return found(
            _reachable(_exact(int(year) + (2000 if len(year) == 2 else 0), month, day), today), doubt
        )
    this = _exact(today.year, month, day)
    if this <= today:
        return found(this, doubt)
    last = _exact(today.year - 1, month, day)
    # In January "20/12" is the December that has just passed; next week's date is next week's.
    if today - last < this - today:
        return found(_reachable(last, today), "last_year")
    raise Unclear("future")


def _exact(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear("no_such_day") from None


def _reachable(day: date, today: date) -> date:
    if day > today:
        raise Unclear("future")
    if today - day > REACH:
        raise Unclear("too_old")
    return day


def _day_only(text: str, today: date) -> Reading | None:
    match = re.fullmatch(r"(?:ngay )?(\d{1,2})(?: (?:vua roi|vua qua|roi))?", _FILLER.sub("", text))
    if match is None:
        return None
    return found(_reachable(_exact(today.year, today.month, int(match[1])), today), "day_only")


def _holiday(text: str, today: date) -> Reading | None:
    for name, (day, month) in _HOLIDAYS.items():
        if re.fullmatch(rf"(?:(?:vao|dung|hom|nhan|dip|ngay|le) )*{name}(?: vua (?:roi|qua))?", text):
            latest = _exact(today.year, month, day)
            return found(latest if latest <= today else latest.replace(year=today.year - 1), "look_alike")
    return None


def _edge_of_month(text: str, today: date) -> Reading | None:
    """Ngày cuối tháng 10, ngày đầu tiên của tháng này: confirmed; "đầu tháng" and "cuối tháng" are no days."""
    text = _in_figures(re.sub(r"(?:cuoi|dau)(?: thang)?$", lambda each: f"{each[0]} thang nay", text), today)
    match = re.fullmatch(
        r"(?:vao )?(?:hom |dung )?ngay (?P<edge>dau tien|cuoi cung|"
        r"cuoi) (?:cua )?thang (?P<m>\d{1,2})(?: nam (?P<y>\d{4}))?",
        text,
    )
    if match is None:
        return None
    first = _exact(int(match["y"] or today.year), int(match["m"]), 1)
    following = (first + timedelta(days=31)).replace(day=1)
    day = first if match["edge"] == "dau tien" else following - timedelta(days=1)
    return found(_reachable(day, today), "look_alike")


def _amid_words(text: str, today: date) -> Reading | None:
    """Họp tổng kết hôm 5/11 ở nhà văn hóa: one day among words that take nothing back; confirmed."""
    days = list(_ANY.finditer(text))
    if len(days) != 1:
        return None
    said = days[0][0]
    text = re.sub(r"\b(?:vao |buoi )?(?:sang|trua|chieu|toi|dem) (?=ngay|hom|\d)", "", text)
    days = list(_ANY.finditer(text))
    rest = _TIME.sub(" ", _FILLER.sub("", f"{text[: days[0].start()]} ; {text[days[0].end() :]}"))
    rest = re.sub(rf"(?<![\d/.-])\d{{1,6}} (?:{phrases.UNITS})\b", " ", rest)
    rest = re.sub(r"\bngay\s+;|\b(?:ngay|le) [a-z ]+$|\bvua (?:roi|qua)\b", " ", rest)
    if _UNSAFE.search(rest):
        return None
    reading = _relative(said, today) or _calendar(said, today)
    return Reading("confirm", reading.value, "unknown_words") if reading else None
