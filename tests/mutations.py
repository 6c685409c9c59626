"""Alters the rules of reading one by one and sees whether a test fails: `make mutations`.

A mutant is the source of one module with one thing changed: an entry of a table gone, an alternative of a pattern
gone, a condition turned, a comparison or a number moved.  Each runs in a process of its own, first against the tables
of answers, then, if those did not notice, against the tests of TESTS.  A survivor is a rule that no test needs.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
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
SECONDS = 60
"""After which a mutant counts as noticed: it reads without end."""
ALTERNATIVE = re.compile(r"(?:(?<=\|)|^)([\w~ ?-]+)(?:\||$)|(?<=[(:])([\w~ ?-]+)\|")
WORD = re.compile(r"\S+")
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed module: where, what, and its whole source."""

    module: str
    line: int
    what: str
    source: str


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


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse((ENGINE / f"{module.rpartition('.')[2]}.py").read_text(encoding="utf-8"))
    _without_docstrings(tree)
    count = sum(1 for _ in ast.walk(tree))
    for place in range(count):
        node = _at(tree, place)
        for what, change in _changes(node):
            changed = copy.deepcopy(tree)
            change(_at(changed, place))
            yield Mutant(
                module, getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(changed))
            )


def _at(tree: ast.AST, place: int) -> ast.AST:
    return next(node for number, node in enumerate(ast.walk(tree)) if number == place)


def _without_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            kept = [line for line in node.body if not _is_text(line)]
            node.body = kept or [ast.Pass()]


def _is_text(line: ast.stmt) -> bool:
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
    return found or _in_a_process(_by_tests, mutant) or "survived"


def _in_a_process(check: Callable[[], str], mutant: Mutant) -> str:
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


def _run(check: Callable[[], str], mutant: Mutant, out: multiprocessing.connection.Connection) -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
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
        for table in cases.tables().values():
            if not all(cases.acceptable(case, cases.read_case(case)) for case in table):
                return "tables"
    except Exception:  # noqa: BLE001 - it raised: that is noticed, too
        return "tables"
    return ""


def _by_tests() -> str:
    import pytest

    chosen = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *_tests()]
    return "tests" if pytest.main(chosen) else ""


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
    every = [mutant for module in chosen for mutant in mutants(module)]
    if options.most:
        every = random.Random(options.seed).sample(every, min(options.most, len(every)))
    started = time.monotonic()
    counts: Counter[str] = Counter()
    with multiprocessing.pool.ThreadPool(os.cpu_count() or 1) as pool:
        for mutant, outcome in zip(every, pool.imap(noticed, every), strict=True):
            counts[outcome] += 1
            if outcome == "survived":
                print(f"{mutant.module.rpartition('.')[2]}.py:{mutant.line}: {mutant.what}", flush=True)
    tried = sum(counts.values()) - counts["cannot be loaded"]
    print(
        f"{tried - counts['survived']} of {tried} noticed ({dict(counts)}), {time.monotonic() - started:.0f} s"
    )


if __name__ == "__main__":
    main()
