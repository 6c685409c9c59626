"""XForm XML → Form: the questions of one published version, and where each path leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.engine.form_questions import expression_of, question_of
from handlers.engine.question import Choice, FormError, Group, Question, in_row, one_more
from handlers.engine.xform import Document, plain, read_document
from handlers.engine.xpath_operands import Route
from handlers.engine.xpath_values import Item

__all__ = ["Choice", "Form", "FormError", "Group", "Question", "Target"]

NUMBER_TYPES = frozenset({"int", "integer", "decimal"})


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
    questions = [question_of(document, leaf, names[leaf.path], groups) for leaf in document.leaves]
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
        relevant=expression_of(bind.get("relevant"), name),
        repeat=repeat,
        count=expression_of(control.count, name) if control and repeat else None,
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
