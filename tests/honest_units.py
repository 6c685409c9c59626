"""Invented units that report honestly for some years: their sizes, habits and seasons (docs/unusual.md).

What is assumed, from judgement and not from data: four kinds of units of very different sizes; each with habits of its
own, how often it does something, how large; counts vary more than by pure chance (gamma-Poisson); months in which
nothing happens; seasons: Tết gifts (the month moves with the moon), Workers' Month in May, the end of the school year,
the fund of October and November, stocks at quarter ends; memberships that drift and now and then jump; single events
far above everything else, such as a house built for a member; and figures that many officers round.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from handlers.engine.question import Question
from handlers.engine.session import Session

KINDS = {
    # kind: share of all units, median members, spread of its logarithm
    "doanh_nghiep": (0.45, 160, 1.1),
    "truong_hoc": (0.30, 45, 0.45),
    "co_quan": (0.17, 32, 0.6),
    "benh_vien": (0.08, 130, 0.8),
}
TET = {2023: 1, 2024: 2, 2025: 1, 2026: 2, 2027: 1, 2028: 1}
"""The month in which the gifts of a New Year are given."""
EVENTS = {3: 0.35, 7: 0.2, 9: 0.35, 10: 0.35}
"""Months with an occasion for gifts (8/3, 27/7, mid-autumn, 20/10), and the share of units that keep it."""


@dataclass(slots=True)
class Unit:
    """One unit with its habits; `chance` is its own, so that each lives the same life in every run."""

    kind: str
    members: int
    chance: random.Random
    ticks: dict[str, float] = field(default_factory=dict)
    """Section → how likely it is ticked in a plain month."""
    sizes: dict[str, float] = field(default_factory=dict)
    """Question → what is usual here."""
    keeps: set[int] = field(default_factory=set)
    """Months whose occasion it keeps."""
    rounds: bool = False
    corners: int = 0
    houses: int = 0


def unit(chance: random.Random) -> Unit:
    """A unit of a kind, a size and habits drawn by chance."""
    kind = chance.choices(list(KINDS), [share for share, _, _ in KINDS.values()])[0]
    _, median, spread = KINDS[kind]
    made = Unit(kind, max(6, round(_around(chance, median, spread))), random.Random(chance.random()))
    active = chance.uniform(0.3, 1.0)
    made.ticks = {
        "tuyen_truyen": 0.9 * active, "thi_dua_sang_kien": 0.45 * active, "xanh_sach_dep": 0.5 * active,
        "cham_lo": 0.75 * active, "giam_sat_kien_nghi": 0.35 * active, "vuong_mac": 0.08, "dien_hinh": 0.3 * active,
    }  # fmt: skip
    posts = chance.random() < 0.12  # units that count each post and each broadcast as one
    clever = kind == "doanh_nghiep" and chance.random() < 0.15  # works with a suggestion scheme
    made.sizes = {
        "tt_so_cuoc": _around(chance, 14 if posts else 2, 0.5),
        "share": chance.uniform(0.25, 0.9),
        "sk_y_tuong_moi": _around(chance, 15 if clever else 1.2, 0.5),
        "sk_duoc_cong_nhan": _around(chance, 5 if clever else 0.5, 0.5),
        "xsd_so_dot": _around(chance, 1.6, 0.5),
        "sick": _around(chance, 0.012, 0.6),
        "each": chance.choice([200_000, 300_000, 300_000, 500_000, 500_000, 1_000_000]),
        "gift": chance.choice([200_000, 300_000, 400_000, 500_000, 500_000, 1_000_000]),
        "day_pay": chance.choice([50_000, 100_000, 100_000, 150_000, 200_000]),
        "gs_so_cuoc": 0.7,
        "kn_so_moi": _around(chance, 1.2, 0.7),
        "guong_so": 0.8,
        "kt_so_luong": _around(chance, 1.5, 0.8),
    }
    made.keeps = {month for month, share in EVENTS.items() if chance.random() < share}
    made.rounds = chance.random() < 0.5
    if kind == "doanh_nghiep":
        made.corners, made.houses = _count(chance, made.members / 60), _count(chance, made.members / 250)
    return made


def _around(chance: random.Random, median: float, spread: float) -> float:
    return median * math.exp(chance.gauss(0, spread))


def _count(chance: random.Random, mean: float, shape: float = 3.0) -> int:
    """A count that varies more than by pure chance: variance mean + mean² / shape."""
    if mean <= 0:
        return 0
    rate = chance.gammavariate(shape, mean / shape)
    if rate > 50:
        return max(0, round(chance.gauss(rate, math.sqrt(rate))))
    limit, product, found = math.exp(-rate), chance.random(), 0
    while product > limit:
        product *= chance.random()
        found += 1
    return found


# ── a month ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Month:
    """What a unit has to tell of one month."""

    unit: Unit
    year: int
    month: int

    @property
    def tet(self) -> bool:
        """Whether the gifts of the New Year are given in it."""
        return TET[self.year] == self.month

    @property
    def school_ends(self) -> bool:
        """Whether a school year is closed in it."""
        return self.unit.kind == "truong_hoc" and self.month in (5, 6)


def drift(unit: Unit, month: int) -> None:
    """What becomes of members and stocks until the end of a month."""
    chance = unit.chance
    change = round(chance.gauss(0, 0.008 * unit.members + 0.3))
    if unit.kind == "truong_hoc" and month == 9:
        change += round(chance.gauss(0, 0.04 * unit.members))
    if chance.random() < (0.006 if unit.kind == "doanh_nghiep" else 0.001):
        change += round(unit.members * chance.choice([-0.35, -0.25, 0.25, 0.4]))
    unit.members = max(5, unit.members + change)
    if unit.kind == "doanh_nghiep" and month % 3 == 0:
        unit.corners = max(0, unit.corners + chance.choices([-1, 0, 1, 2], [1, 8, 2, 1])[0])
        unit.houses = max(0, unit.houses + chance.choices([-1, 0, 1], [1, 14, 1])[0])


def sections(now: Month) -> str:
    """The sections that are ticked, as the form stores them."""
    unit, chance = now.unit, now.unit.chance
    likely = dict(unit.ticks)
    if now.tet or now.month in unit.keeps or now.month in (10, 11):
        likely["cham_lo"] = max(0.9, likely["cham_lo"])
    if now.month in (5, 9, 10, 11):
        likely["tuyen_truyen"] = min(1.0, likely["tuyen_truyen"] * 1.3)
    if now.school_ends or now.month == 12:
        likely["dien_hinh"] = max(0.8, likely["dien_hinh"])
    if now.school_ends:
        likely["thi_dua_sang_kien"] = max(0.8, likely["thi_dua_sang_kien"])
    return " ".join(name for name, share in likely.items() if chance.random() < share) or "khong_phat_sinh"


def value(now: Month, session: Session, question: Question) -> str:
    """What the unit answers, as stored text."""
    if question.name == "hoat_dong_thang":
        return sections(now)
    if question.name in NUMBERS:
        return str(max(0, round(NUMBERS[question.name](now, session))))
    if question.kind in ("one", "multi"):
        names = [choice.name for choice in session.choices(question)]
        return now.unit.chance.choice(names[:2])
    return "Có nội dung cần trao đổi thêm." if session.required(question) else ""


def _given(session: Session, name: str) -> float:
    return float(session.value(name) or 0)


def _rounded(unit: Unit, number: float) -> float:
    if not unit.rounds or number < 30:
        return number
    step = 10 if number < 300 else 50 if number < 1500 else 100
    return max(step, round(number / step) * step)


def _meetings(now: Month, _: Session) -> float:
    season = 1.5 if now.month in (5, 9, 10, 11) else 0.7 if now.tet else 1.0
    return 1 + _count(now.unit.chance, max(0.1, now.unit.sizes["tt_so_cuoc"] * season - 1))


def _listeners(now: Month, session: Session) -> float:
    """Each meeting has its own audience: mostly the usual share, now and then a group, now and then everybody."""
    unit, chance = now.unit, now.unit.chance
    usual, heard = unit.sizes["share"], 0.0
    for _ in range(int(_given(session, "tt_so_cuoc"))):
        share = chance.choices([usual, chance.uniform(0.05, 0.3), chance.uniform(0.8, 1.0)], [6, 2, 1])[0]
        heard += unit.members * share * chance.uniform(0.85, 1.15)
    return max(_given(session, "tt_so_cuoc"), _rounded(unit, heard))


def _helped(now: Month, _: Session) -> float:
    unit, chance = now.unit, now.unit.chance
    people: float = 1 + _count(chance, unit.members * unit.sizes["sick"], 2)
    if now.tet:
        people += unit.members * chance.choice([0.15, 0.4, 0.7, 1.0, 1.0])
    if now.month == 5:
        people += unit.members * chance.uniform(0, 0.15)
    if now.month in unit.keeps:
        people += unit.members * chance.uniform(0.3, 0.6)
    return _rounded(unit, people)


def _money_given(now: Month, session: Session) -> float:
    unit, chance, people = now.unit, now.unit.chance, _given(session, "cl_so_nguoi")
    many = people > 0.12 * unit.members + 3
    each = unit.sizes["gift"] if many else unit.sizes["each"]
    total = people * each * chance.choice([1, 1, 1, 0.8, 1.2, 1.5])
    if chance.random() < 0.01:
        total += 50_000_000  # a house for a member
    return max(100_000, round(total / 100_000) * 100_000)


def _fund(now: Month, session: Session) -> float:
    """Once a year a share of pay; in other months next to nothing."""
    unit, chance = now.unit, now.unit.chance
    paid = {10: 0.45, 11: 0.45}.get(now.month, 0.04)
    if chance.random() > paid:
        return 0
    whole = _given(session, "so_doan_vien") * unit.sizes["day_pay"] * chance.uniform(0.85, 1.05)
    return max(100_000, round(whole / 100_000) * 100_000)


def _recognised(now: Month, _: Session) -> float:
    unit = now.unit
    if now.school_ends:
        return _count(unit.chance, unit.members * 0.15)
    return _count(unit.chance, unit.sizes["sk_duoc_cong_nhan"])


def _praised(now: Month, _: Session) -> float:
    unit = now.unit
    if now.school_ends or now.month == 12:
        return _rounded(unit, _count(unit.chance, unit.members * (0.35 if now.school_ends else 0.15)))
    return _count(unit.chance, unit.sizes["kt_so_luong"])


def _usual(name: str, least: int = 0) -> Callable[[Month, Session], float]:
    return lambda now, _: least + _count(now.unit.chance, max(0.05, now.unit.sizes[name] - least))


NUMBERS: Mapping[str, Callable[[Month, Session], float]] = {
    "so_doan_vien": lambda now, _: now.unit.members,
    "goc_xuong_dat": lambda now, _: now.unit.corners,
    "nha_tro_van_minh": lambda now, _: now.unit.houses,
    "tt_so_cuoc": _meetings,
    "tt_luot_nguoi": _listeners,
    "sk_y_tuong_moi": _usual("sk_y_tuong_moi"),
    "sk_duoc_cong_nhan": _recognised,
    "xsd_so_dot": _usual("xsd_so_dot", 1),
    "cl_so_nguoi": _helped,
    "cl_so_tien": _money_given,
    "quy_dodn_so_tien": _fund,
    "gs_so_cuoc": _usual("gs_so_cuoc"),
    "kn_so_moi": _usual("kn_so_moi"),
    "guong_so": _usual("guong_so"),
    "kt_so_luong": _praised,
}
