"""XForm XML → Form: the questions of one published version with their rules compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.engine.question import ACKNOWLEDGED, Choice, FormError, Group, Question, in_row, one_more
from handlers.engine.xform import Control, Document, Leaf, plain, read_document
from handlers.engine.xpath import Expression, ExpressionError, compile_expression
from handlers.engine.xpath_functions import Route
from handlers.engine.xpath_parser import Literal
from handlers.engine.xpath_values import Item

__all__ = ["Choice", "Form", "FormError", "Group", "Question", "Target"]

NUMBER_TYPES = frozenset({"int", "integer", "decimal"})

OTHER, SPECIFY = "Khác", "Xin ghi rõ nội dung khác."  # pyxform says them in English for or_other

_KINDS = {"int": "int", "integer": "int", "decimal": "dec", "date": "date", "binary": "file"}
_CONTROL_KINDS = {"select1": "one", "select": "multi", "upload": "file", "trigger": "one"}
_OWN_KINDS = {"money": "money", "count": "int", "int": "int", "percent": "dec", "dec": "dec", "yn": "yn"}
_AGGREGATES = frozenset({"sum", "last", "avg", "count_by_choice", "list", "none"})
_ON = frozenset({"1", "yes", "true", "true()", "có", "co"})


@dataclass(frozen=True, slots=True)
class Target:
    """Where a path leads: a node, the repeats around it, and the predicates at each of them."""

    path: str
    repeats: tuple[str, ...]
    shared: int
    route: Route
    filters: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A published questionnaire version."""

    code: str
    title: str
    version: str
    questions: tuple[Question, ...]
    groups: Mapping[str, Group] = field(repr=False)
    layout: Mapping[str, tuple[str, ...]] = field(repr=False)
    lists: Mapping[str, tuple[Item, ...]] = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)
    at: Mapping[str, Question] = field(repr=False)
    numeric: frozenset[str] = field(repr=False)
    repeats: Mapping[str, tuple[str, ...]] = field(repr=False)
    _named: Mapping[str, Question] = field(repr=False)
    _targets: dict[tuple[str, Route], Target | None] = field(default_factory=dict, repr=False)

    @classmethod
    def from_xml(cls, text: str) -> Form:
        """Read the XForm XML that pyxform makes; FormError names what cannot be used."""
        return _build(read_document(text))

    def question(self, name: str) -> Question | None:
        """The question of that name, as `ten[2]` in a row of its repeat, as `nguoi[2]?` whether there is that row."""
        if "[" not in name:
            return self._named.get(name)
        stem, _, suffix = name.partition("[")
        rows = tuple(int(row) for row in suffix.rstrip("]?").split(",") if row.isdecimal())
        if name.endswith("?"):
            group = self._group_named(stem)
            return one_more(group, rows) if group else None
        question = self._named.get(stem)
        return in_row(question, rows) if question else None

    @property
    def visible(self) -> tuple[Question, ...]:
        """The questions that people answer, in order."""
        return tuple(question for question in self.questions if question.asked)

    def target(self, here: str, route: Route) -> Target | None:
        """The node that a path leads to from another one; remembered, because it never changes."""
        key = (here, route)
        try:
            return self._targets[key]
        except KeyError:
            return self._targets.setdefault(key, self._resolve(here, route))

    def _resolve(self, here: str, route: Route) -> Target | None:
        steps: list[tuple[str, int | None]] = [] if route.start == "root" else _steps(here)
        if route.start == "reference":
            named = self._named.get(route.names[0]) or self._group_named(route.names[0])
            if named is None:
                return None
            steps = [*_steps(named.path)[:-1]]
        for index, name in enumerate(route.names):
            if name == "..":
                steps = steps[:-1]
            elif name != ".":
                steps.append((name, index if route.filters[index] else None))
        return self._target(here, steps, route)

    def _target(self, here: str, steps: list[tuple[str, int | None]], route: Route) -> Target | None:
        path = "".join(f"/{name}" for name, _ in steps)
        if path not in self.at and path not in self.groups:
            return None
        repeats = self.repeats.get(path, ())
        around = self.repeats.get(here, ())
        shared = 0
        while shared < min(len(repeats), len(around)) and repeats[shared] == around[shared]:
            shared += 1
        if shared == len(repeats) and path in repeats and route.names[-1] not in {".", ".."}:
            shared -= 1
        filters = tuple(steps[each.count("/") - 1][1] for each in repeats)
        return Target(path, repeats, shared, route, filters)

    def _group_named(self, name: str) -> Group | None:
        return next((group for group in self.groups.values() if group.name == name), None)


def _steps(path: str) -> list[tuple[str, int | None]]:
    return [(name, None) for name in path.split("/")[1:]]


def _build(document: Document) -> Form:
    names = _names(document)
    groups = {path: _group(document, path, parent) for path, parent in document.groups.items()}
    repeats = _repeats(document, groups)
    questions = [_question(document, leaf, names[leaf.path], groups) for leaf in document.leaves]
    at = {question.path: question for question in questions}
    order = [path for path in _body_order(document, "") if path in at]
    shown = [at[path] for path in order]
    hidden = [question for path, question in at.items() if path not in set(order)]
    return Form(
        code=document.code,
        title=document.title.strip() or document.code,
        version=document.version,
        questions=(*hidden, *shown),
        groups=groups,
        layout={place: tuple(paths) for place, paths in document.layout.items()},
        lists=document.lists,
        texts={key: plain(words) for key, words in document.texts.items()},
        at=at,
        numeric=frozenset(path for path, question in at.items() if question.type in NUMBER_TYPES),
        repeats=repeats,
        _named={question.name: question for question in questions},
    )


def _names(document: Document) -> dict[str, str]:
    """Leaf names; where a form uses one twice the later node is named by its path."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for leaf in document.leaves:
        parts = leaf.path.split("/")[2:]
        name = parts[-1] if parts[-1] not in taken else "/".join(parts)
        taken.add(name)
        names[leaf.path] = name
    return names


def _body_order(document: Document, place: str) -> list[str]:
    order: list[str] = []
    for path in document.layout.get(place, []):
        order.append(path)
        order.extend(_body_order(document, path))
    return order


def _group(document: Document, path: str, parent: str) -> Group:
    control = document.controls.get(path)
    bind = document.binds.get(path, {})
    name = path.rpartition("/")[2]
    repeat = control is not None and control.tag == "repeat"
    return Group(
        path=path,
        name=name,
        parent=parent,
        label=plain(control.label) if control else "",
        relevant=_expression(bind.get("relevant"), name),
        repeat=repeat,
        count=_expression(control.count, name) if control and repeat else None,
        first_rows=document.rows.get(path, 0),
    )


def _repeats(document: Document, groups: Mapping[str, Group]) -> dict[str, tuple[str, ...]]:
    """The repeats around each node, the outermost first, a repeat's own included."""
    found: dict[str, tuple[str, ...]] = {}
    for path, group in groups.items():
        above = found.get(group.parent, ())
        found[path] = (*above, path) if group.repeat else above
    for leaf in document.leaves:
        found[leaf.path] = found.get(leaf.parent, ())
    return {path: repeats for path, repeats in found.items() if repeats}


def _expression(source: str | None, name: str) -> Expression | None:
    if source is None or not source.strip():
        return None
    try:
        return compile_expression(source.strip())
    except ExpressionError as error:
        raise FormError(f"Câu “{name}”: {error} ({source.strip()})") from error


def _question(document: Document, leaf: Leaf, name: str, groups: Mapping[str, Group]) -> Question:
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
        required=_expression(_switch(bind.get("required")), name),
        required_message=plain(required),
        required_words=required,
        relevant=_expression(bind.get("relevant"), name),
        constraint=_expression(bind.get("constraint"), name),
        constraint_message=plain(constraint),
        constraint_words=constraint,
        calculate=_expression(calculation, name),
        default=_default(document, leaf, name),
        choices=_choices(document, control),
        items=_expression(control.nodeset, name) if "[" in control.nodeset else None,
        bounds=_bounds(control, name),
        section=bind.get("cd:section", "") or _section(leaf.parent, groups),
        **_own(bind, name),
    )


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
        return _expression(document.defaults[leaf.path], name)
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
        "confirm_when": _expression(own.get("confirm_when"), name),
        "shares": _expression(own.get("shares"), name),
        "anomaly": own.get("anomaly", "").lower() != "off",
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
