"""Alters the rules of reading one by one and sees whether a test fails: `make mutations`.

A mutant is the source of one module with one thing changed: an entry of a table gone, an alternative of a pattern
gone, a condition turned, a comparison or a number moved.  Each runs in a process of its own, first against the tables
of answers, then, if those did not notice, against the tests of TESTS.  A survivor is a rule that no test needs; with it
an answer is printed that is read otherwise without the rule, if one is found among the probes.
"""

from __future__ import annotations

import argparse
import ast
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import itertools
import multiprocessing
import multiprocessing.connection
import multiprocessing.pool
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent
ENGINE = ROOT / "handlers" / "engine"
ENTRY = "handlers.engine.reading"
TESTS = ("test_reading*.py", "test_commands.py")
TIMED = "not takes_long and not asked_at_once"
"""Tests that watch the clock would notice the load of the machine, and no mutant."""
SECONDS = 60
"""After which a mutant counts as noticed: it reads without end."""
PROBES = (
    "{}", "12 {}", "{} 12", "12 {} 5", "{} 12 người", "12 người {}", "không {}", "{} không", "không có {}",
    "12 triệu {}", "{} 12 triệu", "2 {}", "mười hai {}", "12,5 {}", "{} 5/11", "5 tháng 11 {}", "ngày {}",
    "{} tháng 11", "có {}", "{} rồi", "{} nhé", "chưa {}", "1 và 3 {}", "trừ {}", "mục {}", "hai mươi {}",
    "hai {} năm", "{} trăm",
)  # fmt: skip
"""Sentences in which a word may matter."""
ALTERNATIVE = re.compile(r"(?:(?<=\|)|^)([\w~ ?-]+)(?:\||$)|(?<=[(:])([\w~ ?-]+)\|")
WORD = re.compile(r"\S+")
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


UNSEEN = ("annotation", "returns", "decorator_list", "type_params")
"""Parts of a definition that no reading depends on: types, and how much is kept in memory."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed module: where, what, and its whole source."""

    module: str
    line: int
    what: str
    source: str

    def __str__(self) -> str:
        return f"{self.module.rpartition('.')[2]}.py:{self.line}: {self.what}"


# ── what is changed ─────────────────────────────────────────────────────────────────────────────────


def modules() -> list[str]:
    """The modules below `read`, by their imports."""
    found: list[str] = []
    waiting = [ENTRY]
    while waiting:
        name = waiting.pop()
        path = ENGINE / f"{name.rpartition('.')[2]}.py"
        if name in found or not path.exists():
            continue
        found.append(name)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "handlers.engine":
                waiting += [f"handlers.engine.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("handlers.engine."):
                waiting.append(node.module or "")
    return sorted(found)


Place = tuple[str, int, int]
"""A module, a place in its tree, and one of the changes that can be made there."""


def places(module: str) -> list[Place]:
    """Every mutant of a module, before it is made."""
    tree = _tree(module)
    return [
        (module, place, number)
        for place, node in enumerate(_seen(tree))
        for number, _ in enumerate(_changes(node))
    ]


def mutant(place: Place) -> Mutant:
    """The module with this one change."""
    module, at, number = place
    tree = _tree(module)
    node = next(itertools.islice(_seen(tree), at, None))
    what, change = next(itertools.islice(_changes(node), number, None))
    change(node)
    source = ast.unparse(ast.fix_missing_locations(tree))
    return Mutant(module, getattr(node, "lineno", 0), what, source)


def _tree(module: str) -> ast.Module:
    return ast.parse((ENGINE / f"{module.rpartition('.')[2]}.py").read_text(encoding="utf-8"))


def _seen(node: ast.AST) -> Iterator[ast.AST]:
    """What a reading may depend on: no text that documents, no type, no cache, no assertion, no list of names."""
    yield node
    for name, part in ast.iter_fields(node):
        parts = part if isinstance(part, list) else [part]
        for child in parts if name not in UNSEEN else ():
            if isinstance(child, ast.AST) and not _is_text(child) and not _is_no_rule(child):
                yield from _seen(child)


def _is_no_rule(node: ast.AST) -> bool:
    names = (
        [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
        if isinstance(node, ast.Assign)
        else []
    )
    typed = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    return typed or isinstance(node, ast.Assert) or any(name in ("__all__", "Literal") for name in names)


def _is_text(line: ast.AST) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


Changes = Iterator[tuple[str, Callable[[ast.AST], None]]]


def _changes(node: ast.AST) -> Changes:
    if isinstance(node, ast.Set | ast.List | ast.Tuple) and len(node.elts) > 1:
        yield from _fewer_elements(node)
    elif isinstance(node, ast.Dict) and len(node.keys) > 1:
        yield from _fewer_entries(node)
    elif isinstance(node, ast.If | ast.IfExp):
        yield "if: never", lambda n: setattr(n, "test", ast.Constant(value=False))
        yield "if: always", lambda n: setattr(n, "test", ast.Constant(value=True))
    elif isinstance(node, ast.BoolOp):
        yield from _fewer_conditions(node)
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in TURNED:
        turned = TURNED[type(node.ops[0])]
        yield f"compares by {turned.__name__}", lambda n: setattr(n, "ops", [turned(), *n.ops[1:]])  # type: ignore[attr-defined]
    elif isinstance(node, ast.Constant):
        yield from _other_constant(node)


def _fewer_elements(node: ast.Set | ast.List | ast.Tuple) -> Changes:
    if not all(isinstance(each, ast.Constant) for each in node.elts):
        return
    for number, each in enumerate(node.elts):
        yield f"without {ast.unparse(each)}", lambda n, number=number: n.elts.pop(number)  # type: ignore[misc]


def _fewer_entries(node: ast.Dict) -> Changes:
    for number, key in enumerate(node.keys):
        if key is not None:
            yield (
                f"without {ast.unparse(key)}",
                lambda n, number=number: (n.keys.pop(number), n.values.pop(number)),  # type: ignore[misc]
            )


def _fewer_conditions(node: ast.BoolOp) -> Changes:
    for number, each in enumerate(node.values):
        yield f"without “{ast.unparse(each)}”", lambda n, number=number: n.values.pop(number)  # type: ignore[misc]


def _other_constant(node: ast.Constant) -> Changes:
    value = node.value
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield f"{value} → {value + 1}", lambda n: setattr(n, "value", value + 1)
    elif isinstance(value, str):
        pieces = WORD if "\n" in value else ALTERNATIVE if "|" in value else None
        for found in pieces.finditer(value) if pieces else ():
            yield f"without {found[0]!r}", _without(*found.span())


def _without(start: int, end: int) -> Callable[[ast.AST], None]:
    def change(node: ast.AST) -> None:
        assert isinstance(node, ast.Constant)
        node.value = _cut(str(node.value), start, end)

    return change


def _cut(text: str, start: int, end: int) -> str:
    """Without an alternative, and without a bar that would stand alone."""
    left, right = text[:start], text[end:]
    return left.removesuffix("|") + right if left.endswith("|") and not right else left + right


# ── who notices ─────────────────────────────────────────────────────────────────────────────────────


class _Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self.mutant.module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.mutant.source, self.mutant.module, "exec"), module.__dict__)


def noticed(mutant: Mutant) -> str:
    """How it came out: by the tables, by the tests, by its own fault, or not at all (“survived”)."""
    found = _in_a_process(_by_tables, mutant)
    return str(found or _in_a_process(_by_tests, mutant) or "survived")


def told_by(mutant: Mutant) -> str:
    """An answer that is read otherwise without the rule; empty if none of the probes is."""
    probes = functools.partial(_read_all, mutant.what)
    as_is, changed = _in_a_process(probes, None), _in_a_process(probes, mutant)
    if not isinstance(as_is, list) or not isinstance(changed, list):
        return str(changed)
    return next((f"{was}, then {now}" for was, now in zip(as_is, changed, strict=True) if was != now), "")


def _in_a_process(check: Callable[[], object], mutant: Mutant | None) -> object:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(check, mutant, theirs))
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(SECONDS) else "took too long"
    except EOFError:
        return "cannot be loaded"
    finally:
        process.kill()
        process.join()


def _run(
    check: Callable[[], object], mutant: Mutant | None, out: multiprocessing.connection.Connection
) -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        if mutant is not None:
            sys.meta_path.insert(0, _Loader(mutant))
        try:
            importlib.import_module(ENTRY)
        except Exception:  # noqa: BLE001 - a mutant may fail in any way
            out.send("cannot be loaded")
            return
        out.send(check())


def _by_tables() -> str:
    cases = importlib.import_module("tests.reading_cases")
    try:
        for name, table in cases.tables().items():
            if not all(_passes(cases, name, case) for case in table):
                return "tables"
    except Exception:  # noqa: BLE001 - it raised: that is noticed, too
        return "tables"
    return ""


def _passes(cases: ModuleType, table: str, case: dict[str, object]) -> bool:
    """As tests/test_reading.py asks for it: of answers that were held back, some may be asked."""
    reading = cases.read_case(case)
    asks = table in cases.HELD and reading.outcome in ("ask", "confirm")
    return bool(asks or cases.acceptable(case, reading))


def _by_tests() -> str:
    import pytest

    chosen = ["-q", "-x", "-k", TIMED, "-p", "no:cacheprovider", "-p", "no:xdist", *_tests()]
    return "tests" if pytest.main(chosen) else ""


def _read_all(what: str) -> list[str]:
    """How every probe is read: the answers of the tables, and the word that is gone, among numbers and as a command."""
    cases, reading = importlib.import_module("tests.reading_cases"), importlib.import_module(ENTRY)
    commands = importlib.import_module("handlers.engine.commands")
    found = [
        f"{case['kind']} {case['input']!r}: {cases.read_case(case)!r}"
        for table in cases.tables().values()
        for case in table
    ]
    words = re.findall(r"[^\W\d_]+(?:[ /][^\W\d_]+)*", what.removeprefix("without "))
    for answer in [probe.format(word) for word in words for probe in PROBES]:
        for kind in reading.READERS:
            read = reading.read(kind, answer, today=cases.TODAY, choices=cases.SECTIONS, previous=7)
            found.append(f"{kind} {answer!r}: {read!r}")
        found.append(f"{answer!r}: {commands.parse(answer)!r}, {commands.within(answer)!r}")
    return found


def _tests() -> list[str]:
    return [str(path) for pattern in TESTS for path in sorted((ROOT / "tests").glob(pattern))]


# ── the command ─────────────────────────────────────────────────────────────────────────────────────


def main() -> None:
    """Print every survivor, and how many were noticed by what."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--most", type=int, default=0, help="a random choice of so many; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("modules", nargs="*", help="names such as amounts; all below `read` by default")
    options = parser.parse_args()
    chosen = [f"handlers.engine.{name}" for name in options.modules] or modules()
    every = [place for module in chosen for place in places(module)]
    print(f"{len(every)} mutants of {len(chosen)} modules", flush=True)
    if _in_a_process(_by_tables, None) or _in_a_process(_by_tests, None):
        sys.exit("The tests fail without any mutant; then they notice nothing.")
    if options.most:
        every = random.Random(options.seed).sample(every, min(options.most, len(every)))
    _try(every, os.cpu_count() or 1)


def _try(every: list[Place], processes: int) -> None:
    started = time.monotonic()
    counts: Counter[str] = Counter()
    with multiprocessing.pool.ThreadPool(processes) as pool:
        for changed, outcome in pool.imap(lambda place: _tried(mutant(place)), every):
            if outcome.startswith("survived"):
                print(f"{changed}   {outcome}", flush=True)
            counts[outcome.partition(":")[0]] += 1
    tried = sum(counts.values()) - counts["cannot be loaded"]
    caught = tried - counts["survived"] - counts[IDLE]
    print(f"{caught} of {tried} noticed, {100 * caught / tried:.0f} % ({dict(counts)})")
    print(f"{100 * caught / (tried - counts[IDLE]):.0f} % of those that change how an answer is read")
    print(f"{time.monotonic() - started:.0f} s")


IDLE = "survived, changes no probe"


def _tried(changed: Mutant) -> tuple[Mutant, str]:
    outcome = noticed(changed)
    if outcome == "survived":
        told = told_by(changed)
        outcome = f"survived: {told}" if told else IDLE
    return changed, outcome


if __name__ == "__main__":
    main()
