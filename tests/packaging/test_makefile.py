"""The commands a person types."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()


def targets() -> set[str]:
    """Return the names that `make` offers."""
    declared = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert declared
    return set(declared[1].split())


def test_make_alone_lists_every_target_with_one_line_of_help() -> None:
    listing = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    helped = dict(re.findall(r"^  make ([a-z-]+) +(\S.*)$", listing, re.MULTILINE))
    assert set(helped) == targets()


def test_the_integration_runs_the_same_tests_as_a_person() -> None:
    assert "\nmake test\n" in (ROOT / ".ci/run").read_text()
