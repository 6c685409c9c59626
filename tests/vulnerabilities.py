"""Asks the package index whether a locked version has a known vulnerability: `python -m tests.vulnerabilities LOCK…`.

Exit code 1 when one has.  Without a network, or where the index keeps no advisories, one line says that nothing was
checked: a machine that cannot ask can still be worked on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

LIMIT = 25.0
"""Seconds for one lock."""


def main(locks: list[str]) -> int:
    """Say what is known about each lock; the exit code."""
    return max([_say(lock, *ask(lock)) for lock in locks], default=0)


def ask(lock: str) -> tuple[list[dict[str, Any]] | None, str]:
    """What the index says of each package, or None and why there is no answer."""
    command = [
        sys.executable, "-m", "pip_audit", "-r", lock, "--disable-pip", "--require-hashes",
        "--progress-spinner", "off", "--format", "json",
    ]  # fmt: skip
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return None, f"no answer within {LIMIT:.0f} s"
    try:
        return list(json.loads(ran.stdout)["dependencies"]), ""
    except (ValueError, KeyError):
        return None, (ran.stderr.strip().splitlines() or ["no answer"])[-1][:200]


def _say(lock: str, packages: list[dict[str, Any]] | None, why: str) -> int:
    if packages is None:
        print(f"{lock}: WARNING, vulnerabilities were not checked: {why}")
        return 0
    found = [(one, flaw) for one in packages for flaw in one.get("vulns", ())]
    for one, flaw in found:
        fixed = ", ".join(flaw.get("fix_versions", ())) or "no version yet"
        print(f"{lock}: {one['name']} {one['version']} has {flaw['id']}, mended in {fixed}; then: make lock")
    unknown = sum("skip_reason" in one for one in packages)
    if unknown:
        print(f"{lock}: WARNING, the index knows of no advisories for {unknown} of {len(packages)} packages")
    elif not found:
        print(f"{lock}: no known vulnerability in {len(packages)} packages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
