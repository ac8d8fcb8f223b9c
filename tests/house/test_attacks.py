"""The attacks of a malicious server are listed in the documents as they are tried."""

from pathlib import Path

import pytest

from tests.journeys.malice.attack import Kind
from tests.journeys.malice.attacks import SHOWN, kinds, names, table

ROOT = Path(__file__).parents[2]
BEGINS, ENDS = "<!-- attacks: tests/journeys/malice -->\n", "\n<!-- end of attacks -->"


def test_there_are_at_least_thirty_and_each_has_a_name_of_its_own() -> None:
    assert len(set(names())) == len(names()) >= 30


def test_each_kind_of_attack_is_tried_in_a_browser() -> None:
    assert set(Kind) == kinds()


def test_the_document_has_the_same_table() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    assert text.partition(BEGINS)[2].partition(ENDS)[0] == table()


@pytest.mark.parametrize("name", SHOWN)
def test_a_test_that_is_named_is_there(name: str) -> None:
    file, _, test = SHOWN[name].test.partition("::")
    assert f"def {test}(" in (ROOT / "tests" / "journeys" / file).read_text(encoding="utf-8")
