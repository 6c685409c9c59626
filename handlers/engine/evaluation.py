"""The values of one form filled with one person's answers; what is not relevant reads as blank."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from handlers.engine.form import NUMBER_TYPES, Form, Target
from handlers.engine.question import YES, Choice, Question, row_suffix
from handlers.engine.xpath_operands import Route
from handlers.engine.xpath_values import Item, Value, number, number_text, text, truth

MAX_ROWS = 50
Rows = tuple[int, ...]


class State:
    """Values, relevance and row counts of a form, worked out when asked for and only once."""

    def __init__(self, form: Form, answers: Mapping[str, str], today: date) -> None:
        self.form = form
        self.answers = answers
        self.today = today
        self._texts: dict[tuple[str, Rows], str] = {}
        self._relevant: dict[tuple[str, Rows], bool] = {}

    def text(self, path: str, rows: Rows = ()) -> str:
        """A node's value as stored text; blank when it is not relevant, or when it depends on itself."""
        key = (path, rows)
        found = self._texts.get(key)
        if found is None:
            self._texts[key] = ""
            found = self._texts[key] = self._read(path, rows)
        return found

    def value(self, path: str, rows: Rows = ()) -> Value:
        """A node's value as expressions see it: numbers of number questions are numbers."""
        found = self.text(path, rows)
        if found and path in self.form.numeric:
            return number(found)
        return found

    def relevant(self, path: str, rows: Rows = ()) -> bool:
        """Whether a node counts: its own condition and those of all groups around it hold."""
        key = (path, rows)
        found = self._relevant.get(key)
        if found is None:
            self._relevant[key] = False
            found = self._relevant[key] = self._is_relevant(path, rows)
        return found

    def count(self, path: str, rows: Rows = ()) -> int:
        """How many rows a repeat has."""
        group = self.form.groups[path]
        if not self.relevant(group.parent, rows) or not self._holds(path, rows):
            return 0
        if group.count is not None:
            wanted = group.count.number(Place(self, path, (*rows, 1)))
            return 0 if math.isnan(wanted) else max(0, min(MAX_ROWS, int(wanted)))
        have = group.first_rows
        while have < MAX_ROWS and self.answers.get(f"{group.name}{row_suffix((*rows, have + 1))}?") == YES:
            have += 1
        return have

    def choices(self, question: Question) -> Sequence[Choice]:
        """The choices that pass the question's filter."""
        if question.items is None:
            return question.choices
        kept = question.items.run(Place(self, question.path, question.rows))
        ids = {id(item) for item in kept} if isinstance(kept, list) else set()
        return [choice for choice in question.choices if id(choice.item) in ids]

    def _is_relevant(self, path: str, rows: Rows) -> bool:
        node = self.form.at.get(path) or self.form.groups.get(path)
        if node is None:
            return True
        if node.parent in self.form.groups:
            depth = len(self.form.repeats.get(node.parent, ()))
            if not self.relevant(node.parent, rows[:depth]):
                return False
        return node.relevant is None or node.relevant.truth(Place(self, path, rows))

    def _holds(self, path: str, rows: Rows) -> bool:
        node = self.form.at.get(path) or self.form.groups[path]
        return node.relevant is None or node.relevant.truth(Place(self, path, rows))

    def _read(self, path: str, rows: Rows) -> str:
        question = self.form.at.get(path)
        if question is None or not self.relevant(path, rows):
            return ""
        name = question.name + row_suffix(rows) if rows else question.name
        if name in self.answers and (question.asked or question.calculate is None):
            return self._kept(question, rows, self.answers[name])
        if question.calculate is not None:
            return _stored(question.type, question.calculate.run(Place(self, path, rows)))
        return question.default.text(Place(self, path, rows)) if question.default else ""

    def _kept(self, question: Question, rows: Rows, answer: str) -> str:
        """A choice that its filter no longer offers counts as unanswered."""
        if question.items is None or not answer:
            return answer
        kept = question.items.run(Place(self, question.path, rows))
        offered = (
            {item.get("name") for item in kept if isinstance(item, Mapping)} if isinstance(kept, list) else {}
        )
        names = answer.split() if question.kind == "multi" else [answer]
        return answer if all(name in offered for name in names) else ""


def _stored(kind: str, value: Value) -> str:
    if kind in NUMBER_TYPES and not isinstance(value, bool):
        exact = number(value)
        if kind != "decimal" and math.isfinite(exact):
            exact = float(math.trunc(exact))
        return number_text(exact)
    return text(value)


class Place:
    """One node of one row, as the scope of an expression."""

    __slots__ = ("origin", "path", "rows", "state", "today")

    def __init__(self, state: State, path: str, rows: Rows, origin: Place | None = None) -> None:
        self.state = state
        self.path = path
        self.rows = rows
        self.origin = origin
        self.today = state.today

    def value(self, route: Route) -> Value:
        """The first node that a path leads to; blank when there is none."""
        here = self.origin if self.origin and route.start == "current" else self
        state = self.state
        target = state.form.target(here.path, route)
        if target is None:
            return ""
        if not target.repeats:
            return state.value(target.path)
        return next((state.value(target.path, rows) for rows in here.leads_to(target)), "")

    def nodes(self, route: Route) -> list[Value]:
        """All relevant nodes that a path leads to."""
        here = self.origin if self.origin and route.start == "current" else self
        state = self.state
        target = state.form.target(here.path, route)
        if target is None:
            return []
        every = here.leads_to(target)
        return [state.value(target.path, rows) for rows in every if state.relevant(target.path, rows)]

    def items(self, name: str) -> Sequence[Item]:
        """The rows of a choice list."""
        return self.state.form.lists.get(name, ())

    def position(self) -> int:
        """The row of the nearest repeat, from 1."""
        return self.rows[-1] if self.rows else 1

    def indexed(self, route: Route, rows: list[tuple[Route, int]]) -> Value:
        """A value of a numbered row of each repeat around it; blank when there is no such row."""
        form, state = self.state.form, self.state
        target = form.target(self.path, route)
        if target is None:
            return ""
        repeats = {each.path: row for where, row in rows if (each := form.target(self.path, where))}
        found: Rows = ()
        for level, repeat in enumerate(target.repeats):
            row = repeats.get(repeat, self.rows[level] if level < len(self.rows) else 1)
            if not 1 <= row <= state.count(repeat, found):
                return ""
            found = (*found, row)
        return state.value(target.path, found)

    def choice_label(self, value: str, path: str) -> str:
        """The label of a choice of another question."""
        question = self.state.form.at.get(path)
        choices = question.choices if question else ()
        return next((choice.label for choice in choices if choice.name == value), "")

    def translated(self, key: str) -> str:
        """A text of the form's translations."""
        return self.state.form.texts.get(key, "")

    def leads_to(self, target: Target, found: Rows = ()) -> Iterator[Rows]:
        """The rows that a target means from here: this row's own, or every row of a repeat that is elsewhere."""
        level = len(found)
        if level == len(target.repeats):
            yield found
            return
        repeat, filtered = target.repeats[level], target.filters[level]
        if level < target.shared and filtered is None:
            yield from self.leads_to(target, (*found, self.rows[level]))
            return
        for row in range(1, self.state.count(repeat, found) + 1):
            rows = (*found, row)
            if filtered is None or self._passes(target, filtered, repeat, rows):
                yield from self.leads_to(target, rows)

    def _passes(self, target: Target, filtered: int, repeat: str, rows: Rows) -> bool:
        inside = Place(self.state, repeat, rows, self.origin or self)
        verdicts = [predicate(inside) for predicate in target.route.filters[filtered]]
        return all(each == rows[-1] if isinstance(each, float) else truth(each) for each in verdicts)
