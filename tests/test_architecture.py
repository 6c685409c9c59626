"""The promises of the house itself: sizes, words, doors between rooms, a quick start, links that lead somewhere."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "scheduler", "storage")
MODULES = sorted(
    file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "versions" not in file.parts
)
MIGRATIONS = sorted((ROOT / "storage/migrations/versions").glob("*.py"))
HEAVY = {"alembic", "holidays", "matplotlib", "numpy", "openpyxl", "pandas", "pyxform"}
SKIPPED_FOLDERS = {".venv", "var", "node_modules", ".git", "build", "dist"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def _functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(_tree(file)):
        if isinstance(node, Function):
            yield (
                f"{_name(file)}:{node.lineno} {node.name}",
                (node.end_lineno or node.lineno) - node.lineno + 1,
            )


def _nine_in_ten(sizes: list[int]) -> int:
    return sorted(sizes)[int(len(sizes) * 0.9) - 1]


# ── sizes ───────────────────────────────────────────────────────────────────────────────────────────


def test_no_file_is_longer_than_400_lines_and_most_are_short():
    lines = {_name(file): len(file.read_text("utf-8").splitlines()) for file in MODULES}
    sizes = list(lines.values())
    assert {name: n for name, n in lines.items() if n > 400} == {}
    assert statistics.median(sizes) <= 100
    assert _nine_in_ten(sizes) <= 250, sorted(lines.items(), key=lambda item: -item[1])[:10]


def test_no_function_is_longer_than_60_lines_and_most_are_short():
    lines = dict(pair for file in MODULES for pair in _functions(file))
    sizes = list(lines.values())
    assert {name: n for name, n in lines.items() if n > 60} == {}
    assert statistics.median(sizes) <= 8
    assert _nine_in_ten(sizes) <= 30, sorted(lines.items(), key=lambda item: -item[1])[:10]


# ── words ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("file", [*MODULES, *MIGRATIONS], ids=_name)
def test_a_module_says_what_it_is_for(file):
    assert ast.get_docstring(_tree(file)), "begin with one sentence"


@pytest.mark.parametrize("file", MODULES, ids=_name)
def test_public_functions_and_classes_say_what_they_do(file):
    public = [
        node
        for node in _tree(file).body
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


FOR_LATER = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")  # in pieces, so as not to find themselves


def test_nothing_is_left_for_later():
    later = re.compile(rf"\b({'|'.join(FOR_LATER)})\b")
    files = [*MODULES, *MIGRATIONS, *_files("tests/*.py"), *_files("*.md"), ROOT / "Makefile"]
    assert [_name(file) for file in files if later.search(file.read_text("utf-8"))] == []


def test_rooms_have_names_of_the_field():
    banned = re.compile(r"(core|utils?|services?|managers?|repositor(y|ies)|helpers?|common|misc)(\.py)?")
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*") if banned.fullmatch(path.name)]
    assert [_name(path) for path in found] == []


# ── clocks, secrets, start ──────────────────────────────────────────────────────────────────────────

CLOCKS = re.compile(
    r"(.*\.)?((datetime|date|Timestamp)\.(now|today|utcnow)|time\.(time|monotonic|localtime|strftime)"
    r"|func\.(now|current_\w+|localtime\w*))"
)


@pytest.mark.parametrize(
    "file", [file for file in MODULES if _name(file).startswith(("handlers", "storage"))], ids=_name
)
def test_nothing_under_handlers_or_storage_reads_a_clock(file):
    read = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.Attribute) and CLOCKS.fullmatch(ast.unparse(node))
    ]
    assert read == [], "time is data: take incoming.received_at or now"


STARTS = {
    "congdoan --help": "sys.argv = ['congdoan', '--help']; import bot.__main__; bot.__main__.main()",
    "import bot.app": "import bot.app",
    "import storage.upgrade": "import storage.upgrade",
}


@pytest.mark.parametrize("start", STARTS)
def test_a_start_loads_no_heavy_library(start):
    code = f"""
import atexit, sys
atexit.register(lambda: print("LOADED", *sorted({HEAVY!r} & set(sys.modules))))
{STARTS[start]}
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1].split() == ["LOADED"]


# ── papers ──────────────────────────────────────────────────────────────────────────────────────────


def _files(pattern: str) -> list[Path]:
    found = [file for file in ROOT.rglob(pattern) if not SKIPPED_FOLDERS & set(file.relative_to(ROOT).parts)]
    return sorted(file for file in found if not any(part.endswith(".egg-info") for part in file.parts))


def _anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.+)$", file.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _broken(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(<?([^)>\s]+)>?(?: \"[^\"]*\")?\)", text)
    return [link for link in links if not _leads_somewhere(page, link)]


def _leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not anchor or target.suffix != ".md" or anchor.lower() in _anchors(target))


@pytest.mark.parametrize("page", _files("*.md"), ids=_name)
def test_links_in_the_papers_lead_somewhere(page):
    assert _broken(page) == []


def test_the_readme_names_only_targets_that_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    named = {
        word for page in _files("*.md") for word in re.findall(r"`make ([a-z-]+)", page.read_text("utf-8"))
    }
    assert named <= targets


# ── dependencies ────────────────────────────────────────────────────────────────────────────────────

LOCKS = ("requirements.lock", "requirements-dev.lock")


def _pins(lock: str) -> dict[str, str]:
    return dict(
        re.findall(r"^([a-z0-9._-]+)==(.+?) *\\?$", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_with_hashes_and_names_no_index(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"https?://\S+|file:\S+|--(?:extra-)?index-url|--find-links", text) == []
    unhashed = [
        block
        for block in re.split(r"\n(?=[a-z0-9])", text)
        if "==" in block and "--hash=sha256:" not in block
    ]
    assert unhashed == []


def test_tests_run_on_the_versions_that_people_run():
    assert _pins("requirements.lock").items() <= _pins("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked(lock):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"]["dev"] if "dev" in lock else [])
    names = {re.split(r"[\[<>=~ ;]", line)[0].lower() for line in wanted}
    assert names <= {re.split(r" ", pin)[0] for pin in _pins(lock)}
