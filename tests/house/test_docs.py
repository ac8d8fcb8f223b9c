"""The docs say what is so: every setting, limit and command that they name is real, and the reverse."""

import re
from pathlib import Path

import click
from limits import parse

from youthsafe import config
from youthsafe.cli import main
from youthsafe.limits.policies import POLICIES
from youthsafe.limits.proof_of_work import DIFFICULTIES
from youthsafe.limits.services import THRESHOLDS

ROOT = Path(__file__).parents[2]
OPERATE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")


def _rows(heading: str) -> list[list[str]]:
    section = OPERATE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split("|") for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in row] for row in rows]


def test_the_table_of_limits_is_the_table_of_the_code() -> None:
    documented = {row[0].strip("`"): tuple(row[1:]) for row in _rows("Limits")}
    real = {
        name: (policy.rate, policy.counts.value, "lets through" if policy.store_down else "refuses")
        for name, policy in POLICIES.items()
    }
    assert documented == real


def test_the_table_of_steps_is_that_of_the_code() -> None:
    section = OPERATE.split("### Sending\n")[1].split("\n### ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines()]
    documented = {int(row[0]): (int(row[1]), int(row[2].replace(",", ""))) for row in rows if row[0].isdigit()}
    rooms = [parse(POLICIES[name].rate).amount for name in THRESHOLDS]
    assert documented == {step: (sum(rooms[:step]) + 1, tries) for step, tries in DIFFICULTIES.items()}


def test_the_table_of_settings_is_what_the_configuration_reads() -> None:
    source = Path(config.__file__).read_text(encoding="utf-8")
    read = set(re.findall(r'"(YOUTHSAFE_[A-Z_]+|REDIS_URL)"', source))
    assert {row[0].strip("`") for row in _rows("Settings")} == read


def test_every_command_that_the_docs_name_exists() -> None:
    texts = [path.read_text(encoding="utf-8") for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]]
    named = {found for text in texts for found in re.findall(r"`youthsafe ((?:[a-z][a-z-]*[a-z] ?)+)", text)}
    assert named
    assert [words for words in sorted(named) if not _exists(words.split())] == []


def test_every_make_target_that_the_docs_name_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    texts = [path.read_text(encoding="utf-8") for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]]
    named = {found for text in texts for found in re.findall(r"`make ([a-z-]+)", text)}
    assert named <= targets


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]
    assert broken == []


def _exists(words: list[str]) -> bool:
    command: click.Command | None = main
    for word in words:
        if not isinstance(command, click.Group):
            return True  # what follows is an argument
        command = command.get_command(click.Context(command), word)
        if command is None:
            return False
    return True


PLACES = [ROOT / "youthsafe", ROOT / "youthsafe/static/pwa/src", ROOT]
STOP = re.compile(r"`([\w/.-]+(?:\.(?:py|ts|tsx|html|md)|/))(?:: (\w+))?`")


def _stops() -> list[tuple[str, str]]:
    """The files that the three ways through the house lead by, and what to look for in each."""
    text = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    return STOP.findall(text.split("## Three ways through the house\n")[1].split("\n## ")[0])


def test_every_stop_of_the_three_ways_is_where_the_tour_says() -> None:
    lost = []
    for file, name in _stops():
        found = [place / file for place in PLACES if (place / file).exists()]
        if not found:
            lost.append(f"{file} is nowhere")
        elif name and not re.search(
            rf"(def|class|function|async|const) {name}\b|^ +{name}\(", found[0].read_text("utf-8"), re.MULTILINE
        ):
            lost.append(f"{file} has no {name}")
    assert len(_stops()) > 20
    assert lost == []
