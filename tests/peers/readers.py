"""What other libraries read in the same answers: cases as JSON lines in, one outcome a line out.

A line in is {"kind", "input"}; a line out maps each library to what it read, or to null where it read nothing.
The last line out maps each library to its CPU seconds a reading.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

import dateparser
from babel.numbers import NumberFormatError, parse_decimal
from price_parser import Price
from vietnam_number import w2n

TODAY = datetime(2026, 11, 22)  # noqa: DTZ001 - the library wants it so
DATES = {"DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past", "RELATIVE_BASE": TODAY}
WHOLE_DATES = DATES | {"REQUIRE_PARTS": ["day", "month"]}


def plain_int(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def vietnam_number(text: str) -> int | None:
    try:
        return w2n(text)
    except Exception:  # noqa: BLE001 - whatever it raises, it has not read it
        return None


def babel(text: str) -> Decimal | None:
    try:
        return parse_decimal(text, locale="vi", strict=True)
    except NumberFormatError:
        return None


def price_parser(text: str) -> Decimal | None:
    return Price.fromstring(text).amount


def date_of(text: str, options: dict) -> date | None:
    try:
        found = dateparser.parse(text, languages=["vi"], settings=options)
    except Exception:  # noqa: BLE001 - whatever it raises, it has not read it
        return None
    return found.date() if found else None


NUMBERS = {"vietnam-number": vietnam_number, "babel, strict": babel, "price-parser": price_parser}
READERS = {
    "int": {"Python int()": plain_int, **NUMBERS},
    "money": NUMBERS,
    "dec": NUMBERS,
    "date": {
        "dateparser": lambda text: date_of(text, DATES),
        "dateparser, day and month required": lambda text: date_of(text, WHOLE_DATES),
    },
}


def plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def timed(name: str, kind: str, text: str) -> object:
    start = time.process_time()
    found = READERS[kind][name](text)
    spent[name].append(time.process_time() - start)
    return plain(found)


spent: dict[str, list[float]] = defaultdict(list)
for line in sys.stdin:
    case = json.loads(line)
    print(
        json.dumps({name: timed(name, case["kind"], case["input"]) for name in READERS.get(case["kind"], {})})
    )
print(json.dumps({name: sum(times) / len(times) for name, times in spent.items()}))
