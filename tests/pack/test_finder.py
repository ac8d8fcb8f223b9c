"""What a pupil taps who does not know what to look for leads to something that is there, in every language."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.packs import Change
from youthsafe.pack.document import parse_section
from youthsafe.pack.faults import ContentError, Fault
from youthsafe.pack.finder import FILE, MOST_ANSWERS, MOST_SITUATIONS, Known, parse_finder
from youthsafe.pack.pack import Pack, load

ENGLISH, ARABIC = f"en/{FILE}", f"ar/{FILE}"
KNOWN = Known((), frozenset({"/find/"}), ("bullying", "other"))
SCALARS = st.none() | st.booleans() | st.integers() | st.text("ab/-: #é", max_size=8)
KEYS = st.sampled_from(["situations", "id", "says", "picture", "answers", "card", "tell", "page", "danger", "more"])


def faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        load(folder)
    return caught.value.faults


def test_it_offers_few_enough_answers_to_be_read_at_once(pack: Pack) -> None:
    situations = pack.finder("en").situations
    assert 5 <= len(situations) <= MOST_SITUATIONS
    assert all(3 <= len(each.answers) <= MOST_ANSWERS for each in situations)


def test_whoever_may_be_in_danger_is_told_so_before_anything_else(pack: Pack) -> None:
    kinds = {each.id: [answer.target.kind for answer in each.answers] for each in pack.finder("en").situations}
    assert [name for name, found in kinds.items() if "danger" not in found] == ["online"], "its first card is about now"
    assert all(found.index("danger") == 0 for found in kinds.values() if "danger" in found)


def test_a_translation_leads_to_the_same_places(pack: Pack) -> None:
    for locale in ("ar", "fr", "pl", "ta"):
        own = pack.finder(locale)
        assert own.translation == "machine"
        for each, original in zip(own.situations, pack.finder("en").situations, strict=True):
            assert (each.id, each.picture) == (original.id, original.picture)
            assert [answer.target for answer in each.answers] == [answer.target for answer in original.answers]
            assert each.says != original.says


def test_a_language_without_one_shows_the_original_and_says_so(folder: Path) -> None:
    (folder / ARABIC).unlink()
    finder = load(folder).finder("ar")
    assert (finder.locale, finder.translation) == ("en", "missing")


def test_a_pack_without_one_is_refused(folder: Path) -> None:
    (folder / ENGLISH).unlink()
    assert (ENGLISH, "the file is missing") in [(fault.file, fault.what) for fault in faults(folder)]


@pytest.mark.parametrize(
    ("seed", "what"),
    [
        ((ENGLISH, "card: bullying/when", "card: bullying/then"), "there is no card “bullying/then-someone-is-unkind”"),
        ((ENGLISH, "tell: online-safety", "tell: online"), "there is no tell “online”"),
        ((ENGLISH, "page: /support/", "page: /nowhere/"), "there is no page “/nowhere/”"),
        ((ENGLISH, "page: /support/", "danger: false"), "“I want to talk to someone” leads to 0 places"),
        ((ENGLISH, "page: /support/", "page: /find/\n        danger: true"), "leads to 2 places"),
        ((ENGLISH, "id: online", "id: On line"), "“id” cannot be “On line”"),
        ((ENGLISH, "id: online", "id: home"), "“home” is there twice"),
        ((ENGLISH, "picture: bullying", "picture: a-cat"), "“picture” cannot be “a-cat”"),
        (
            (ENGLISH, "        danger: true\n", "        danger: true\n" + "      - {says: B, page: /}\n" * 2),
            "8 answers",
        ),
        (
            (ENGLISH, "situations:\n", "situations:\n" + "  - {id: a, says: A, answers: [{says: B, page: /}]}\n"),
            "8 situ",
        ),
        ((ARABIC, "- id: online", "- id: offline"), "the situations are not those of the original"),
        ((ARABIC, "      - أنا في خطر الآن\n", ""), "“hurting-me” has not the answers of the original"),
        ((ARABIC, "translation: machine", "translation: original"), "“translation” cannot be “original”"),
    ],
)
def test_what_does_not_fit_is_named(folder: Path, change: Change, seed: tuple[str, str, str], what: str) -> None:
    change(*seed)
    found = [fault for fault in faults(folder) if what in fault.what]
    assert found
    assert {fault.file for fault in found} == {seed[0]}
    assert all(fault.line >= 1 and fault.fix for fault in found)


@given(
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=12,
    ).map(lambda situations: yaml.safe_dump({"situations": situations}, allow_unicode=True))
)
def test_whatever_is_written_there_is_read_or_told_at_a_line_of_the_file(text: str) -> None:
    found: list[Fault] = []
    finder = parse_finder(parse_section(text, ENGLISH, found), "en", None, KNOWN, found)
    assert all(1 <= fault.line <= len(text.splitlines()) and fault.what and fault.fix for fault in found)
    if not found:
        assert all(KNOWN.holds(answer.target) for each in finder.situations for answer in each.answers)
