"""The tables of answers in tests/data, and what passes: for the tests, the page in docs and the mutation check."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from handlers.engine.outcome import Reading
from handlers.engine.reading import read

Case = dict[str, Any]
"""id, kind, input, accept, note; `choices` where the kind is one of several options."""
TODAY = date(2026, 11, 22)
DATA = Path(__file__).parent / "data"
PUBLIC = "vietnamese_input.jsonl"
HELD = ("held_input.jsonl", "fresh_input.jsonl", "third_input.jsonl")
"""Written by people who had not seen the rules, and kept from those who wrote them until they were measured."""
SECTIONS = [
    "Tuyên truyền, vận động",
    "Thi đua, ý tưởng, sáng kiến",
    "Xanh - Sạch - Đẹp, ATVSLĐ",
    "Chăm lo, an sinh, ủng hộ quỹ",
    "Giám sát, kiến nghị của đoàn viên",
    "Vướng mắc cần giải quyết",
    "Điển hình, khen thưởng",
    "Không phát sinh",
]


def tables() -> dict[str, list[Case]]:
    """File name → its cases."""
    return {path.name: _cases(path) for path in sorted(DATA.glob("*_input.jsonl"))}


def public() -> list[Case]:
    """The table that everybody may see."""
    return _cases(DATA / PUBLIC)


def _cases(path: Path) -> list[Case]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_case(case: Case) -> Reading:
    """How the program reads it."""
    choices = case.get("choices") or (SECTIONS if case["kind"] == "multi" else None)
    return read(case["kind"], case["input"], today=TODAY, choices=choices)


def written(reading: Reading) -> object:
    """The outcome as the tables write it."""
    value = reading.value.isoformat() if isinstance(reading.value, date) else reading.value
    return {
        "value": value,
        "confirm": ["CONFIRM", value],
        "ask": "ASK",
        "carry": "CARRY",
        "command": f"CMD:{value}",
    }[reading.outcome]


def _same(got: object, wanted: object) -> bool:
    """Numbers by value, booleans only with booleans."""
    if isinstance(wanted, bool) or isinstance(got, bool):
        return type(got) is type(wanted) and got == wanted
    return got == wanted


def acceptable(case: Case, reading: Reading) -> bool:
    """Whether a careful person would be content; a sum of money may always be read back first."""
    got = written(reading)
    if any(_same(got, wanted) for wanted in case["accept"]):
        return True
    echoed = case["kind"] == "money" and reading.outcome == "confirm"
    return echoed and any(_same(reading.value, wanted) for wanted in case["accept"])
