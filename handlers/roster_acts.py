"""Rows of acts on the tree against what the database holds: merges, splits, dissolutions."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from handlers import roster_texts as texts
from handlers.engine.spelling import date as day
from handlers.roster_layout import ACTS, Row
from handlers.roster_plan import Plan

KINDS = {"divide": "split"}
"""Acts that the history of units calls by another name."""
ENDING = ("merge", "divide", "dissolve")


def compare(plan: Plan, rows: list[Row]) -> None:
    """Plan the acts that have not happened yet; the parts of one split go together."""
    whole = [row for row in rows if _complete(plan, row)]
    together: dict[object, list[Row]] = defaultdict(list)
    for row in whole:
        if _known(plan, row):
            continue
        act = row.get("act")
        parts = act in KINDS or act in KINDS.values()
        together[(act, row.get("old"), row.get("on")) if parts else row.number].append(row)
    for several in together.values():
        _act(plan, several)


def _complete(plan: Plan, row: Row) -> bool:
    """Whether a row says what happens to which unit and when; what is missing is noted."""
    needed = plan.sheets[ACTS].needed
    for key in needed:
        if not row.says(key):
            plan.missing(row, key)
    return all(row.get(key) is not None for key in needed) and not row.bad


def _known(plan: Plan, row: Row) -> bool:
    """Whether it has happened already: a file that is sent again changes nothing."""
    kind, old, on = KINDS.get(row.get("act"), row.get("act")), row.get("old"), row.get("on")
    new = "" if kind == "dissolve" else row.get("new") or ""
    return (kind, old, new, on) in plan.standing.acts


def _act(plan: Plan, rows: list[Row]) -> None:
    row = rows[0]
    act, old, on = row.get("act"), row.get("old"), row.get("on")
    if old not in plan.standing.units:
        words = texts.ACT_ON_NEW.format(code=old, act=texts.ACTS[act].partition(" (")[0].lower())
        plan.wrong(row, "old", words)
        return
    if old in plan.ends:
        plan.wrong(row, "old", texts.ACT_ON_ENDED.format(code=old, on=day(plan.ends[old])))
        return
    right = [_right_heir(plan, each) for each in rows]
    if not all(right):
        return
    if act in ENDING:
        plan.ends[old] = on - timedelta(days=1)
    heirs = tuple(each.get("new") for each in rows if each.get("new"))
    reason = next((each.get("reason") for each in rows if each.get("reason")), "")
    plan.will(act, row, unit=old, new={"units": heirs}, on=on, reason=reason)


def _right_heir(plan: Plan, row: Row) -> bool:
    act, new = row.get("act"), row.get("new")
    if new is None and act == "dissolve":
        return True
    if new is None:
        plan.wrong(row, "new", texts.ACT_NEEDS_NEW.format(act=texts.ACTS[act]))
    elif new == row.get("old"):
        plan.wrong(row, "new", texts.ACT_TO_ITSELF)
    elif new not in plan.standing.units and new not in plan.new:
        plan.wrong(row, "new", texts.NO_UNIT.format(code=new))
    else:
        return True
    return False
