"""What is wrong with a form, with its Excel row, in Vietnamese, before anyone is asked its questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from handlers.engine import profile
from handlers.engine.xpath import Expression, ExpressionError, compile_expression, walk
from handlers.engine.xpath_parser import Binary, Call, Literal, Node, Path

Row = Mapping[str, str]

LONGEST_CHAIN = 60

_YES_NO = frozenset({"", "yes", "no", "true", "false", "true()", "false()"})
_RULES = ("relevant", "constraint", "calculation", "choice_filter", "repeat_count", "required", "readonly")
_COMPUTED = tuple(f"{profile.OWN_PREFIX}{name}" for name in ("confirm_when", "shares"))
_ORDERED = frozenset({"relevant", "choice_filter", "repeat_count"})
_SWITCHES = ("required", "readonly")
_WORDS = re.compile(r"[\w ]+")
_REFERENCE = re.compile(r"\$\{\s*([^}]+?)\s*\}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to change (`error`) or to think about (`warning`)."""

    severity: str
    sheet: str
    row: int
    message: str

    def __str__(self) -> str:
        where = f"{self.sheet} dòng {self.row}" if self.row else self.sheet
        return f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the survey sheet with what it means; `opens` are the groups around it."""

    number: int
    row: Row
    kind: str
    list_name: str
    around: tuple[_Line, ...]

    @property
    def name(self) -> str:
        return self.row.get("name", "")

    def error(self, message: str) -> Finding:
        return Finding("error", "survey", self.number, message)

    def warning(self, message: str) -> Finding:
        return Finding("warning", "survey", self.number, message)


@dataclass(frozen=True, slots=True)
class _Book:
    """Both sheets, and the expressions that compile, by row and column."""

    lines: list[_Line]
    named: dict[str, _Line]
    lists: dict[str, list[Row]]
    columns: frozenset[str]
    compiled: dict[tuple[int, str], Expression]


def lint(survey_rows: Sequence[Row], choices_rows: Sequence[Row]) -> list[Finding]:
    """Check the rows of a form; the first row of data is Excel's row 2."""
    survey, choices = [_canonical(row) for row in survey_rows], [_canonical(row) for row in choices_rows]
    lines = _lines(survey)
    lists: dict[str, list[Row]] = {}
    for row in choices:
        lists.setdefault(row.get("list_name") or row.get("list", ""), []).append(row)
    columns = frozenset(column for row in choices for column in row)
    named = {line.name: line for line in lines if line.name and not line.kind.startswith("end_")}
    book = _Book(lines, named, lists, columns, {})
    found = [*_columns(survey_rows, choices_rows), *(each for line in lines for each in _types(line, book))]
    found += [each for line in lines for each in _expressions(line, book)]
    for check in _CHECKS:
        found += [each for line in lines for each in check(line, book)]
    found += _cycles(book)
    return sorted(dict.fromkeys(found), key=lambda each: (each.sheet != "survey", each.row))


def _canonical(row: Row) -> dict[str, str]:
    return {_column(header): str(cell).strip() for header, cell in row.items() if str(cell).strip()}


def _column(header: str) -> str:
    plain = header.strip().lower()
    if plain.startswith(profile.OWN_PREFIX):
        return plain
    plain = plain.removeprefix("bind::")
    return profile.SYNONYMS.get(plain, plain)


def _lines(rows: Sequence[Row]) -> list[_Line]:
    lines: list[_Line] = []
    open_groups: list[_Line] = []
    for number, row in enumerate(rows, start=2):
        if not row.get("type"):
            continue
        kind, list_name = profile.type_of(row["type"])
        if kind.startswith("end_") and open_groups:
            open_groups.pop()
        line = _Line(number, row, kind, list_name, tuple(open_groups))
        lines.append(line)
        if kind.startswith("begin_"):
            open_groups.append(line)
    return lines


def _columns(survey: Sequence[Row], choices: Sequence[Row]) -> Iterator[Finding]:
    used = {header for row in survey for header in row}
    for header in sorted(used):
        column = _column(header)
        if column.startswith(profile.OWN_PREFIX):
            own = column.removeprefix(profile.OWN_PREFIX)
            if own not in profile.OWN_COLUMNS:
                yield _unknown_column("survey", header, own, profile.OWN_COLUMNS)
        elif column.partition("::")[0] not in profile.SURVEY_COLUMNS and "::" not in column:
            yield _unknown_column("survey", header, column, profile.SURVEY_COLUMNS)
    for header in sorted({header for row in choices for header in row}):
        near = get_close_matches(_column(header), profile.CHOICE_COLUMNS, 1, 0.8)
        if near and _column(header).partition("::")[0] not in profile.CHOICE_COLUMNS:
            yield Finding("warning", "choices", 1, f"cột “{header}” có phải là “{near[0]}” không?")


def _unknown_column(sheet: str, header: str, column: str, known: frozenset[str]) -> Finding:
    near = get_close_matches(column, known, 1, 0.7)
    hint = f", có phải là “{near[0]}” không?" if near else ", nội dung cột này bị bỏ qua"
    return Finding("error" if near else "warning", sheet, 1, f"không có cột “{header}”{hint}")


def _types(line: _Line, book: _Book) -> Iterator[Finding]:
    if line.kind not in profile.SUPPORTED:
        near = get_close_matches(line.kind, profile.SUPPORTED, 1, 0.75)
        hint = f"; có phải là “{near[0]}” không?" if near else ""
        yield line.error(f"chưa dùng được loại câu hỏi “{line.row['type']}”{hint}")
    if line.kind in profile.BLANK:
        yield line.warning(f"loại “{line.kind}” luôn để trống trong hội thoại")
    if line.kind == "range":
        yield line.warning("loại range được hỏi như câu hỏi số")
    if "table-list" in line.row.get("appearance", ""):
        yield line.warning("bảng được hỏi lần lượt từng câu")
    if line.kind == "geopoint" and line.row.get("required", "") not in {"", "no", "false()"}:
        yield line.error("câu hỏi vị trí không được bắt buộc, vì có kênh không gửi được vị trí")
    options = book.lists.get(line.list_name, [])
    if line.kind in profile.SELECTS and line.list_name and not options and "${" not in line.list_name:
        yield line.error(f"không có danh sách “{line.list_name}” trong trang choices")
    if len(options) > profile.MANY_CHOICES:
        yield line.warning(f"danh sách có {len(options)} lựa chọn, khó chọn trên điện thoại")


def _expressions(line: _Line, book: _Book) -> Iterator[Finding]:
    for column in (*_RULES, *_COMPUTED):
        source = line.row.get(column, "")
        if not source or (column in _SWITCHES and (source.lower() in _YES_NO or _WORDS.fullmatch(source))):
            continue
        try:
            book.compiled[line.number, column] = compile_expression(source)
        except ExpressionError as error:
            yield line.error(f"{_shown(column)}: {error}")
    for column in ("label", "hint", "constraint_message", "required_message"):
        for name in _REFERENCE.findall(line.row.get(column, "")):
            if name not in book.named:
                yield line.error(_unknown_name(column, name, book))


def _shown(column: str) -> str:
    return column.removeprefix(profile.OWN_PREFIX)


def _unknown_name(column: str, name: str, book: _Book) -> str:
    near = get_close_matches(name, book.named, 1, 0.7)
    hint = f"; có phải là ${{{near[0]}}} không?" if near else ""
    return f"{_shown(column)}: không có câu hỏi tên “{name}”{hint}"


def _rules(line: _Line, book: _Book) -> Iterator[tuple[str, Expression]]:
    for column in (*_RULES, *_COMPUTED):
        if (line.number, column) in book.compiled:
            yield column, book.compiled[line.number, column]


def _names(tree: Node) -> Iterator[str]:
    for part in walk(tree):
        if isinstance(part, Path) and part.start == "reference":
            yield part.steps[0].name


def _references(line: _Line, book: _Book) -> Iterator[Finding]:
    for column, expression in _rules(line, book):
        for name in _names(expression.tree):
            target = book.named.get(name)
            if target is None:
                yield line.error(_unknown_name(column, name, book))
            elif target.number > line.number and target.kind in profile.ASKED:
                severity = "error" if column in _ORDERED else "warning"
                message = (
                    f"{_shown(column)}: câu “{name}” đứng sau (dòng {target.number}), lúc này chưa có trả lời"
                )
                yield Finding(severity, "survey", line.number, message)


def _bare_names(line: _Line, book: _Book) -> Iterator[Finding]:
    """A name without ${…} is a path that leads nowhere; in choice_filter it is a column of choices."""
    for column, expression in _rules(line, book):
        for part in walk(expression.tree):
            if not isinstance(part, Path) or part.start != "here" or part.steps[0].name in {".", ".."}:
                continue
            name = part.steps[0].name
            if column != "choice_filter":
                yield line.error(
                    f"{_shown(column)}: “{name}” không có nghĩa ở đây; tên câu hỏi viết ${{{name}}}"
                )
            elif name not in book.columns:
                yield line.error(f"choice_filter: trang choices không có cột “{name}”")


def _literals(line: _Line, book: _Book) -> Iterator[Finding]:
    """Text compared with a select has to be one of its choices."""
    for column, expression in _rules(line, book):
        for part in walk(expression.tree):
            for name, literal in _compared(part):
                target = line if name == "." else book.named.get(name)
                if target is None or target.kind not in profile.SELECTS or target.list_name not in book.lists:
                    continue
                names = [row.get("name") or row.get("value", "") for row in book.lists[target.list_name]]
                if literal and literal not in names:
                    hint = f"chỉ có: {', '.join(names[:8])}"
                    yield line.error(
                        f"{_shown(column)}: “{literal}” không phải lựa chọn của “{target.name}” ({hint})"
                    )


def _compared(part: Node) -> Iterator[tuple[str, str]]:
    match part:
        case Binary("=" | "!=", Path(start, steps), Literal(value)):
            pass
        case Binary("=" | "!=", Literal(value), Path(start, steps)):
            pass
        case Call("selected", (Path(start, steps), Literal(value))):
            pass
        case _:
            return
    if len(steps) == 1 and (start == "reference" or (start == "here" and steps[0].name == ".")):
        yield steps[0].name, value


def _switches(line: _Line, _book: _Book) -> Iterator[Finding]:
    for column in _SWITCHES:
        source = line.row.get(column, "")
        if source.lower() not in _YES_NO and _WORDS.fullmatch(source):
            yield line.error(f"{column}: “{source}” không hiểu được; viết yes (có) hoặc no (không)")


def _own_columns(line: _Line, _book: _Book) -> Iterator[Finding]:
    for name, allowed in (("kind", profile.OWN_KINDS), ("aggregate", profile.AGGREGATES)):
        cell = line.row.get(profile.OWN_PREFIX + name, "")
        if cell and cell not in allowed:
            yield line.error(f"{name}: “{cell}” không dùng được; chỉ có: {', '.join(sorted(allowed))}")
    for name in ("confirm_above", "max_files", "max_length"):
        cell = line.row.get(profile.OWN_PREFIX + name, "")
        if cell and not re.fullmatch(r"\d+(\.\d+)?", cell):
            yield line.error(f"{name}: “{cell}” phải là một số")


def _defaults(line: _Line, book: _Book) -> Iterator[Finding]:
    source = line.row.get("default", "")
    if not source or "${" in source or "(" in source:
        return
    if line.kind in {"integer", "int", "decimal"} and not re.fullmatch(r"-?\d+(\.\d+)?", source):
        yield line.error(f"default: “{source}” không phải là số")
    if line.kind == "date" and not _is_date(source):
        yield line.error(f"default: “{source}” không phải ngày; viết theo dạng 2026-11-22")
    names = [row.get("name", "") for row in book.lists.get(line.list_name, [])]
    if line.kind in profile.SELECTS and names and not set(source.split()) <= set(names):
        yield line.error(f"default: “{source}” không có trong danh sách “{line.list_name}”")


def _is_date(source: str) -> bool:
    try:
        return bool(date.fromisoformat(source))
    except ValueError:
        return False


def _repeats(line: _Line, _book: _Book) -> Iterator[Finding]:
    if line.kind != "begin_repeat":
        return
    count = line.row.get("repeat_count", "")
    if not count and not line.row.get("relevant"):
        yield line.warning("nhóm lặp nên có câu có/không đứng trước và điều kiện relevant")
    if count and not line.row.get("relevant") and "${" in count:
        yield line.warning(f"nên thêm relevant: {count} > 0")
    if re.fullmatch(r"\d+", count) and not 0 < int(count) <= 50:
        yield line.error("repeat_count: tối đa 50 dòng")


def _empty_groups(line: _Line, book: _Book) -> Iterator[Finding]:
    if line.kind.startswith("begin_") and not any(line in each.around for each in book.lines):
        yield line.error("nhóm không có câu hỏi nào")


def _cycles(book: _Book) -> list[Finding]:
    """A question whose value or condition depends on itself, through whatever others; or on too many in a row."""
    needs = {line.name: _needs(line, book) for line in book.lines if line.name}
    found: list[Finding] = []
    depths: dict[str, int] = {}

    def visit(name: str, trail: list[str]) -> int:
        if name in trail:
            circle = trail[trail.index(name) :]
            first = min(circle, key=lambda each: book.named[each].number)
            found.append(book.named[first].error(f"vòng lặp: {' → '.join([*circle, name])}"))
            return 0
        if name not in depths and len(trail) <= LONGEST_CHAIN:
            depths[name] = 1 + max(
                (visit(each, [*trail, name]) for each in sorted(needs.get(name, ()))), default=0
            )
        return depths.get(name, LONGEST_CHAIN)

    too_deep = [name for name in needs if visit(name, []) == LONGEST_CHAIN + 1]
    message = f"điều kiện nối tiếp nhau quá {LONGEST_CHAIN} câu"
    return found + [book.named[name].error(message) for name in too_deep]


def _needs(line: _Line, book: _Book) -> set[str]:
    names: set[str] = set()
    for column in ("relevant", "calculation", "choice_filter", "repeat_count"):
        expression = book.compiled.get((line.number, column))
        names.update(_names(expression.tree) if expression else ())
    for group in line.around:
        expression = book.compiled.get((group.number, "relevant"))
        names.update(_names(expression.tree) if expression else ())
    return {name for name in names if name in book.named}


_CHECKS: tuple[Callable[[_Line, _Book], Iterator[Finding]], ...] = (
    _references,
    _bare_names,
    _literals,
    _switches,
    _own_columns,
    _defaults,
    _repeats,
    _empty_groups,
)
