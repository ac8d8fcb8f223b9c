"""The assessments in docs/ name the standards, steps and risks in full, and every test that they lean on is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DPIA = (ROOT / "docs/dpia.md").read_text(encoding="utf-8")
BEST_INTERESTS = (ROOT / "docs/best-interests.md").read_text(encoding="utf-8")
FILL_IN = "**FILL IN"
# The names and the order of the Children's Code (ICO, 2020).
STANDARDS = [
    "Best interests of the child", "Data protection impact assessments", "Age appropriate application", "Transparency",
    "Detrimental use of data", "Policies and community standards", "Default settings", "Data minimisation",
    "Data sharing", "Geolocation", "Parental controls", "Profiling", "Nudge techniques", "Connected toys and devices",
    "Online tools",
]  # fmt: skip
STEPS = ("Why an assessment is needed", "The processing", "Who was asked", "Necessity and proportion",
         "Risks to children and others", "Measures", "Sign-off")  # fmt: skip
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
NAMED = sorted(set(TEST.findall(DPIA + BEST_INTERESTS)))


def section(page: str, heading: str) -> str:
    return page.split(f"## {heading}\n")[1].split("\n## ", maxsplit=1)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of a section's tables, without their heads."""
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return [row for row in found if not set(row[0]) <= {"-"}]


def test_each_of_the_15_standards_has_a_test() -> None:
    standards = rows(section(BEST_INTERESTS, "The 15 standards"))[1:]
    assert [name for name, *_ in standards] == [f"{place}. {name}" for place, name in enumerate(STANDARDS, start=1)]
    assert [name for name, done, held in standards if not done or not TEST.search(held)] == []


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_an_assessment_names_is_there(file: str, name: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    assert f"\ndef {name}(" in source


def test_each_step_of_the_impact_assessment_is_there_and_asks_a_controller_to_finish_it() -> None:
    steps = re.findall(r"^## Step (\d): (.*)$", DPIA, re.MULTILINE)
    assert steps == [(str(place), name) for place, name in enumerate(STEPS, start=1)]
    assert [name for place, name in steps if FILL_IN not in section(DPIA, f"Step {place}: {name}")] == []


def test_every_risk_has_a_measure_and_says_what_is_left() -> None:
    risks = [row[0] for row in rows(section(DPIA, "Step 5: Risks to children and others"))[1:]]
    measures = rows(section(DPIA, "Step 6: Measures"))[1:]
    assert risks == [row[0] for row in measures] != []
    assert [row for row in measures if not all(row) or not TEST.search(row[2])] == []
