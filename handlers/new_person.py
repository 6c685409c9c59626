"""Reads who comes: a full name, perhaps with a telephone number, in whatever order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from storage import joining

_PHONE = re.compile(r"\+?[0-9][0-9 .\-]{7,16}[0-9]")
_LABEL = re.compile(r"\b(?:số điện thoại|điện thoại|sđt|đt|sdt|tel)\b\.?:?", re.IGNORECASE)
_TITLE = re.compile(r"^(?:(?:đồng chí|đ/c|đc|ông|bà|anh|chị|cô|chú|bác|em|thầy)\b\.? *)+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+(?:[ '\-.]+[^\W\d_]+){1,7}")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A name, and a number as +84…, empty without one."""

    name: str
    phone: str = ""


def person_in(typed: str) -> NewPerson | None:
    """The person that the words name; None if there is no full name, or a number that is none."""
    text = unicodedata.normalize("NFC", typed)
    found = _PHONE.search(text)
    phone = joining.phone(found[0]) if found else ""
    rest = text.replace(found[0], " ") if found else text
    name = _TITLE.sub("", " ".join(_LABEL.sub(" ", rest).strip(" ,;:.-–()\n").split()))
    if (found and not phone) or not _NAME.fullmatch(name) or len(name) > LONGEST:
        return None
    return NewPerson(name.title() if name in (name.lower(), name.upper()) else name, phone)
