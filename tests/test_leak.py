"""The guard that looks for tokens in the output of every test sees them wherever they come out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fake_telegram import TOKEN
from tests.process import ROOT

WAYS = {
    "printed": "print({token!r})",
    "logged": "logging.getLogger('httpx').warning('GET https://api.telegram.org/bot%s/getMe', {token!r})",
    "on stderr": "sys.stderr.write({token!r})",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_test_that_lets_a_token_out_fails(tmp_path: Path, way: str) -> None:
    body = WAYS[way].format(token=TOKEN)
    leaking = tmp_path / "test_leaking.py"
    leaking.write_text(f"import logging, sys\n\ndef test_it():\n    {body}\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-p", "tests.conftest",
               "-c", "pyproject.toml", "--rootdir", ".", str(leaking)]  # fmt: skip
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "let a token or a secret out" in ran.stdout
