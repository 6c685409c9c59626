"""A node of an XForm → Question, with its rules compiled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.engine.question import ACKNOWLEDGED, Choice, FormError, Group, Question
from handlers.engine.xform import Control, Document, Leaf, plain
from handlers.engine.xpath import Expression, ExpressionError, compile_expression
from handlers.engine.xpath_parser import Literal
from handlers.engine.xpath_values import Item

OTHER, SPECIFY = "Khác", "Xin ghi rõ nội dung khác."  # pyxform says them in English for or_other

_KINDS = {"int": "int", "integer": "int", "decimal": "dec", "date": "date", "binary": "file"}
_CONTROL_KINDS = {"select1": "one", "select": "multi", "upload": "file", "trigger": "one"}
_OWN_KINDS = {"money": "money", "count": "int", "int": "int", "percent": "dec", "dec": "dec", "yn": "yn"}
_AGGREGATES = frozenset({"sum", "last", "avg", "count_by_choice", "list", "none"})
_ON = frozenset({"1", "yes", "true", "true()", "có", "co"})


def question_of(document: Document, leaf: Leaf, name: str, groups: Mapping[str, Group]) -> Question:
    """The question that stands at a leaf, with what its control and its bind say about it."""
    control = document.controls.get(leaf.path) or Control("", leaf.path)
    bind = document.binds.get(leaf.path, {})
    required, constraint = (document.message(bind.get(key, "")) for key in ("requiredMsg", "constraintMsg"))
    label = (SPECIFY,) if control.label == ("Specify other.",) else control.label or (name,)
    calculation = bind.get("calculate") or document.calculations.get(leaf.path)
    return Question(
        name=name,
        path=leaf.path,
        parent=leaf.parent,
        type=bind.get("type", "string"),
        kind=_kind(control, bind),
        label=plain(label),
        hint=plain(control.hint),
        label_words=label,
        hint_words=control.hint,
        required=expression_of(_switch(bind.get("required")), name),
        required_message=plain(required),
        required_words=required,
        relevant=expression_of(bind.get("relevant"), name),
        constraint=expression_of(bind.get("constraint"), name),
        constraint_message=plain(constraint),
        constraint_words=constraint,
        calculate=expression_of(calculation, name),
        default=_default(document, leaf, name),
        choices=_choices(document, control),
        items=expression_of(control.nodeset, name) if "[" in control.nodeset else None,
        bounds=_bounds(control, name),
        section=bind.get("cd:section", "") or _section(leaf.parent, groups),
        **_own(bind, name),
    )


def expression_of(source: str | None, name: str) -> Expression | None:
    """A compiled expression; None if there is none, FormError with the question's name if it is wrong."""
    if source is None or not source.strip():
        return None
    try:
        return compile_expression(source.strip())
    except ExpressionError as error:
        raise FormError(f"Câu “{name}”: {error} ({source.strip()})") from error


def _kind(control: Control, bind: Mapping[str, str]) -> str:
    if not control.tag or (control.tag != "input" and control.appearance == "label"):
        return "hidden"
    if control.tag in {"input", "range"}:
        if bind.get("readonly", "") in {"true()", "yes"}:
            return "note"
        kind = _KINDS.get(bind.get("type", ""), "text")
    else:
        kind = _CONTROL_KINDS[control.tag]
    return _OWN_KINDS.get(bind.get("cd:kind", ""), kind)


def _switch(source: str | None) -> str | None:
    return None if source in {None, "", "false()", "no"} else source


def _default(document: Document, leaf: Leaf, name: str) -> Expression | None:
    if leaf.path in document.defaults:
        return expression_of(document.defaults[leaf.path], name)
    if not leaf.text:
        return None
    constant = leaf.text
    return Expression(constant, Literal(constant), lambda _scope: constant)


def _choices(document: Document, control: Control) -> tuple[Choice, ...]:
    if control.tag == "trigger":
        return (Choice(ACKNOWLEDGED, "Xác nhận"),)
    if not control.nodeset:
        return tuple(Choice(name, label or name) for name, label in control.options)
    rows = document.lists[document.list_name(control.nodeset)]
    return tuple(_choice(row) for row in rows)


def _choice(row: Item) -> Choice:
    name = row.get("name", "")
    label = row.get("label") or name
    return Choice(name, OTHER if (name, label) == ("other", "Other") else label, row)


def _bounds(control: Control, name: str) -> tuple[float, float] | None:
    low, high = (_limit(bound, name) for bound in control.bounds)
    return None if low is None or high is None else (min(low, high), max(low, high))


def _section(path: str, groups: Mapping[str, Group]) -> str:
    while path in groups:
        if groups[path].label:
            return groups[path].label
        path = groups[path].parent
    return ""


def _own(bind: Mapping[str, str], name: str) -> dict[str, Any]:
    """The columns that only we know, from the bind's namespaced attributes."""
    own = {key[3:]: value.strip() for key, value in bind.items() if key.startswith("cd:")}
    aggregate = own.get("aggregate", "none")
    if aggregate not in _AGGREGATES:
        raise FormError(f"Câu “{name}”: aggregate “{aggregate}” không dùng được.")
    return {
        "short": own.get("short", ""),
        "unit": own.get("unit", ""),
        "aggregate": aggregate,
        "carry": own.get("carry", "").lower() in _ON,
        "confirm_above": _limit(own.get("confirm_above"), name),
        "confirm_when": expression_of(own.get("confirm_when"), name),
        "shares": expression_of(own.get("shares"), name),
        "anomaly": own.get("anomaly", "").lower() != "off",
        "per": own.get("per", ""),
        "max_files": int(_limit(own.get("max_files"), name) or 0),
        "max_length": int(_limit(own.get("max_length"), name) or 0) or None,
    }


def _limit(source: str | None, name: str) -> float | None:
    if not source:
        return None
    try:
        return float(source)
    except ValueError:
        raise FormError(f"Câu “{name}”: “{source}” phải là một số.") from None
