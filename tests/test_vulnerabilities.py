"""The audit of locked packages: a known vulnerability fails, a missing answer is said and does not."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests import vulnerabilities

FLAW = {"id": "PYSEC-2026-1", "fix_versions": ["1.2"], "aliases": [], "description": ""}
SOUND = {"name": "starlette", "version": "1.10.0", "vulns": []}
BROKEN = {"name": "yarl", "version": "1.1", "vulns": [FLAW]}
UNKNOWN = {"name": "typer", "skip_reason": "Dependency not found on PyPI and could not be audited"}


def answers(monkeypatch: pytest.MonkeyPatch, packages: list[dict[str, Any]], code: int = 0) -> None:
    out = json.dumps({"dependencies": packages, "fixes": []})
    ran = subprocess.CompletedProcess([], code, out, "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ran)


def test_a_known_vulnerability_fails_and_names_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, [SOUND, BROKEN, UNKNOWN], 1)
    assert vulnerabilities.main(["a.lock", "b.lock"]) == 1
    assert "a.lock: yarl 1.1 has PYSEC-2026-1, mended in 1.2; then: make lock" in capsys.readouterr().out


def test_what_is_sound_passes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answers(monkeypatch, [SOUND])
    assert vulnerabilities.main(["a.lock"]) == 0
    assert capsys.readouterr().out == "a.lock: no known vulnerability in 1 packages\n"


def test_an_index_without_advisories_is_one_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, [UNKNOWN, UNKNOWN])
    assert vulnerabilities.main(["a.lock"]) == 0
    said = capsys.readouterr().out
    assert said == "a.lock: WARNING, the index knows of no advisories for 2 of 2 packages\n"


def test_without_a_network_there_is_one_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The real program, asking through a proxy that is not there."""
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    assert vulnerabilities.main(["requirements.lock"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("requirements.lock: WARNING, vulnerabilities were not checked: ")
    assert said.count("\n") == 1


def test_an_answer_that_does_not_come_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def slow(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("pip_audit", vulnerabilities.LIMIT)

    monkeypatch.setattr(subprocess, "run", slow)
    assert vulnerabilities.main(["a.lock"]) == 0
    assert "no answer within 25 s" in capsys.readouterr().out
