"""The digest for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from handlers import digest_texts as texts
from storage.summary import Summary, Total


def to_json(summary: Summary) -> dict[str, Any]:
    """The same figures for programs: coverage at the top level, moments as ISO text."""
    body: dict[str, Any] = json.loads(json.dumps(asdict(summary), default=_iso))
    coverage = body.pop("coverage")
    for said, total in zip(body["totals"], summary.totals, strict=True):
        _explain(said, total)
    for row in body["by_superior"]:
        row.update(row.pop("coverage"))
    body["assessment"] = dict(summary.assessment)
    c = summary.coverage
    return {
        **body,
        **coverage,
        "submitted_percent": round(c.submitted / c.owing * 100, 1) if c.owing else None,
    }


def _explain(said: dict[str, Any], total: Total) -> None:
    moved = total.change_percent
    said["change_percent"] = None if moved is None else round(moved, 1)
    said["label"] = texts.LABELS[total.name]
    said["unit"] = texts.UNITS.get(total.name, "")
    if total.beside:
        _explain(said["beside"], total.beside)


def _iso(value: date) -> str:
    return value.isoformat()
