"""Form + answers → what to ask next, and what one answer means; rebuilt from its answers at every turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from handlers.engine import clauses, counting, rules
from handlers.engine.evaluation import Place, Rows, State
from handlers.engine.form import Form
from handlers.engine.glosses import gloss, without_courtesy
from handlers.engine.question import NO, NUMERIC, YES, Choice, Group, Question, in_row, one_more
from handlers.engine.reading import Reading, read
from handlers.engine.vietnamese import clean, words
from handlers.engine.wording import render, shown

NOTHING = frozenset(
    {"khong", "khong co", "khong co gi", "chua co", "chua co gi", "khong a", "0", "thoi", "het", "bo qua"}
)
ENDS = frozenset({"xong", "xong roi", "het roi", "the thoi", "vay thoi"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of one answer; `value` is stored text, a candidate to confirm, or a command's name."""

    outcome: str
    value: str = ""
    provenance: str = "answered"
    reason: str = ""
    display: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A question's value as it is submitted, and where it comes from."""

    question: Question
    value: str
    number: float | None
    provenance: str


class Session:
    """One person's way through a form."""

    def __init__(self, form: Form, answers: Mapping[str, str], *, today: date) -> None:
        self.form = form
        self.answers = answers
        self.today = today
        self.state = State(form, answers, today)
        self._tried: tuple[str, str, Session] | None = None

    def relevant(self, question: Question) -> bool:
        """Whether the question applies, given the answers so far."""
        return self.state.relevant(question.path, question.rows)

    def with_answer(self, name: str, value: str) -> Session:
        """The session after one more answer."""
        if self.answers.get(name) == value:
            return self
        if self._tried is None or self._tried[:2] != (name, value):
            self._tried = name, value, Session(self.form, {**self.answers, name: value}, today=self.today)
        return self._tried[2]

    def asked(self) -> list[Question]:
        """The questions that apply, in order; rows of a repeat one after another."""
        return [question for question in self._walk("", ()) if question.asked]

    def next(self) -> Question | None:
        """The first question that has no answer yet; a skipped one counts as answered."""
        return next((each for each in self._walk("", ()) if each.asked and not self.answered(each)), None)

    def notes(self, question: Question | None) -> list[str]:
        """The notes that stand between the question before this one and this one, or at the end."""
        found: list[str] = []
        for each in self._walk("", ()):
            if question is not None and each.name == question.name:
                return found
            found = [*found, self.label(each)] if each.kind == "note" else []
        return found if question is None else []

    def choices(self, question: Question) -> list[Choice]:
        """The choices that pass the question's filter."""
        return list(self.state.choices(question))

    def label(self, question: Question) -> str:
        """The question as it is put, with the values that it mentions."""
        return render(question.label_words, self._place(question))

    def hint(self, question: Question) -> str:
        """The hint; it ends before the first sentence that mentions a value which is not there."""
        return render(question.hint_words, self._place(question), cut=True)

    def previous(self, question: Question) -> str | None:
        """The last period's value."""
        return self.answers.get(f"truoc_{question.name}") or None

    def value(self, name: str) -> str:
        """The stored answer to a question that applies; blank when there is none."""
        question = self.form.question(name)
        if question is None:
            return ""
        return self.state.text(question.path, question.rows)

    def answered(self, question: Question) -> bool:
        """Whether the question has been answered or skipped; a choice that is no longer offered is no answer."""
        if question.name not in self.answers:
            return False
        if question.items is None or not self.answers[question.name]:
            return True
        return bool(self.state.text(question.path, question.rows))

    def counted(self, question: Question) -> int | None:
        """What the bot's own records count."""
        count = self.answers.get(f"tu_dong_{question.name}", "")
        return int(count) if count.isdecimal() else None

    def display(self, question: Question, value: str) -> str:
        """A stored value as people read it."""
        return shown(question, value)

    def required(self, question: Question) -> bool:
        """Whether the question must be answered."""
        return question.required is not None and question.required.truth(self._place(question))

    def broken(self, question: Question, value: str) -> str | None:
        """Which rule a candidate breaks: type, choice, required or constraint."""
        return rules.broken(self.with_answer(question.name, value).state, question, value)

    def problem(self, question: Question, value: str) -> str | None:
        """What to tell the person about a candidate that breaks a rule."""
        state = self.with_answer(question.name, value).state
        rule = rules.broken(state, question, value)
        return None if rule is None else rules.message(state, question, rule)

    def excludes(self, question: Question, name: str, other: str) -> bool:
        """Whether the form takes either of two options, but not both."""
        alone = all(self.problem(question, each) is None for each in (name, other))
        return alone and self.problem(question, f"{name} {other}") is not None

    def problems(self) -> list[tuple[Question, str]]:
        """Answers that no longer pass, because another answer or the stage of the form has changed."""
        found = []
        for question in self.asked():
            if question.name in self.answers and question.type != "repeat":
                rule = rules.broken(self.state, question, self.answers[question.name])
                if rule is not None:
                    found.append((question, rules.message(self.state, question, rule)))
        return found

    def answer(self, question: Question, text: str, *, confirmed: bool = False) -> Turn:
        """Take what a person typed."""
        if question.kind in {"text", "file"}:
            return self._answer_text(question, text, confirmed=confirmed)
        choices = [choice.label for choice in self.state.choices(question)] or None
        reading = read(
            question.kind, text, today=self.today, choices=choices, previous=self.previous(question)
        )
        if question.kind == "multi" and reading.outcome == "ask" and choices:
            reading = read(question.kind, text, today=self.today, choices=self._about(question))
        if question.kind == "int":
            return self._counted(question, text, reading, confirmed=confirmed)
        return self._turn(question, reading, confirmed=confirmed)

    def take(self, question: Question, value: str, *, confirmed: bool = True) -> Turn:
        """Take a button's value or one that has just been confirmed: stored text already."""
        problem = self.problem(question, value)
        if problem is not None:
            return Turn("refused", value, reason=problem)
        reason = "" if confirmed else self._doubt(question, value)
        provenance = self._provenance(question, value)
        outcome = "confirm" if reason else "taken"
        return Turn(outcome, value, provenance, reason, shown(question, value))

    def results(self) -> list[Result]:
        """Every visible question with its value and provenance; what is missing is never zero."""
        asked = self.asked()
        names = {question.name for question in asked}
        absent = [each for each in self.form.visible if each.name not in names and not self._in_repeat(each)]
        found = {each.name: self._result(each) for each in asked if each.type != "repeat"}
        found.update({each.name: self._implied(each) for each in absent})
        order = [each.name for each in self.form.visible if each.name in found]
        return [found.pop(name) for name in order] + list(found.values())

    def _walk(self, place: str, rows: Rows) -> Iterator[Question]:
        for path in self.form.layout.get(place, ()):
            group = self.form.groups.get(path)
            if group is not None and group.repeat:
                yield from self._walk_rows(group, rows)
            elif path not in self.form.at:
                yield from self._walk(path, rows)
            elif self.state.relevant(path, rows):
                yield in_row(self.form.at[path], rows)

    def _walk_rows(self, group: Group, rows: Rows) -> Iterator[Question]:
        count = self.state.count(group.path, rows)
        is_open = group.count is None and self.state.relevant(group.path, (*rows, 1))
        for row in range(1, count + 1):
            if is_open and row > group.first_rows:
                yield one_more(group, (*rows, row))
            yield from self._walk(group.path, (*rows, row))
        if is_open:
            yield one_more(group, (*rows, count + 1))

    def _place(self, question: Question) -> Place:
        return Place(self.state, question.path, question.rows)

    def _answer_text(self, question: Question, text: str, *, confirmed: bool) -> Turn:
        reading = read("text", text, today=self.today)
        if reading.outcome != "value":
            return self._turn(question, reading, confirmed=confirmed)
        if not self.required(question) and _nothing(text):
            return Turn("taken", "", "missing")
        return self.take(question, text.strip(), confirmed=confirmed)

    def _turn(self, question: Question, reading: Reading, *, confirmed: bool) -> Turn:
        if reading.outcome == "command":
            return self._command(question, str(reading.value))
        if reading.outcome == "ask":
            return Turn("ask", reason=reading.reason)
        if reading.outcome == "carry":
            return self._carried(question, confirmed=confirmed)
        turn = self.take(question, self._stored(question, reading.value), confirmed=confirmed)
        if turn.outcome == "taken" and reading.outcome == "confirm" and not confirmed:
            return Turn("confirm", turn.value, turn.provenance, reading.reason or "estimate", turn.display)
        return turn

    def _about(self, question: Question) -> list[tuple[str, str, str]]:
        """The options, with the labels of the questions that each alone would open."""
        opened: dict[Choice, set[str]] = {}
        for choice in self.state.choices(question):
            asked = self.with_answer(question.name, choice.name).asked()
            opened[choice] = {each.label for each in asked if each.name != question.name} | {choice.label}
        always = set.intersection(*opened.values()) if opened else set()
        return [(choice.name, choice.label, " ; ".join(sorted(opened[choice] - always))) for choice in opened]

    def _counted(self, question: Question, text: str, reading: Reading, *, confirmed: bool) -> Turn:
        """A count: of other things it is read back, of several numbers it is the one that fits, and money is none."""
        if reading.outcome == "value" and counting.something_else(question, text):
            reading = Reading("confirm", reading.value, "wrong_unit")
        turn = self._turn(question, reading, confirmed=confirmed)
        if turn.outcome not in {"ask", "refused"}:
            return turn
        found = clauses.one_of(question, text, self._number)
        if found is not None and self.take(question, str(found.value), confirmed=False).outcome == "taken":
            return self._turn(question, found, confirmed=confirmed)
        mistaken = turn.outcome == "refused" or turn.reason == "wrong_unit"
        return Turn("ask", reason="money") if mistaken and clauses.states_money(text) else turn

    def _number(self, text: str) -> Reading:
        return read("int", text, today=self.today)

    def _command(self, question: Question, name: str) -> Turn:
        if name == "skip" and not self.required(question):
            return Turn("taken", "", "missing")
        return Turn("command", name)

    def _carried(self, question: Question, *, confirmed: bool) -> Turn:
        """Last period's value: taken for a stock, offered for a flow."""
        previous = self.previous(question)
        if previous is None:
            return Turn("ask", reason="no_previous")
        turn = self.take(question, previous)
        if turn.outcome != "taken" or question.carry or confirmed:
            return turn
        return Turn("confirm", previous, turn.provenance, "reuse", turn.display)

    def _stored(self, question: Question, value: object) -> str:
        names = [choice.name for choice in self.state.choices(question)]
        if question.kind == "multi" and isinstance(value, list | tuple | set | frozenset):
            chosen = {int(each) for each in value}
            return " ".join(name for number, name in enumerate(names, start=1) if number in chosen)
        if isinstance(value, bool):
            return names[0 if value else 1] if len(names) == 2 else (YES if value else NO)
        if question.kind == "one" and isinstance(value, int):
            return names[value - 1]
        return value.isoformat() if isinstance(value, date) else rules.number_of(value)

    def _doubt(self, question: Question, value: str) -> str:
        """Why a value that breaks no rule should be confirmed all the same."""
        if not value:
            return ""
        if question.confirm_above is not None and float(value) > question.confirm_above:
            return "above"
        when = question.confirm_when
        place = Place(self.with_answer(question.name, value).state, question.path, question.rows)
        if when is None or not when.truth(place):
            return ""
        return "per_head" if question.per else "jump"

    def _provenance(self, question: Question, value: str) -> str:
        if not value:
            return "missing"
        return "carried" if question.carry and value == self.previous(question) else "answered"

    def _result(self, question: Question) -> Result:
        value = self.state.text(question.path, question.rows) if question.name in self.answers else ""
        return Result(question, value, _number(question, value), self._provenance(question, value))

    def _implied(self, question: Question) -> Result:
        previous, counted = self.previous(question), self.counted(question)
        if question.carry:
            provenance = "carried" if previous else "missing"
            return Result(question, previous or "", _number(question, previous or ""), provenance)
        if not question.flow:
            return Result(question, "", None, "missing")
        if counted:
            return Result(question, str(counted), float(counted), "auto_count")
        return Result(question, "0", 0.0, "implied_zero")

    def _in_repeat(self, question: Question) -> bool:
        return question.path in self.form.repeats


def _number(question: Question, value: str) -> float | None:
    return float(value) if value and question.kind in NUMERIC else None


def _nothing(text: str) -> bool:
    """Whether the whole message says that there is nothing to tell, also as in "không, xong"."""
    said = [_glossed(part) for part in clean(text).split(", ")]
    return _glossed(clean(text)) in NOTHING or (
        bool(NOTHING & set(said)) and all(part in NOTHING or part in ENDS for part in said)
    )


def _glossed(part: str) -> str:
    return " ".join(gloss(without_courtesy(words(part))))
