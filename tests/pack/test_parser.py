"""A broken pack is refused with the file, the line and the fix of every fault."""

from collections.abc import Callable
from pathlib import Path

import pytest

from youthsafe.pack.faults import ContentError, Fault
from youthsafe.pack.pack import load

Change = Callable[[str, str, str], None]
CARD = "en/cards/bullying/when-you-see-it.md"
TOPIC = "en/cards/bullying/index.md"
ARABIC = "ar/cards/bullying/when-you-see-it.md"
FRIENDS = "[childline, shout, kooth]"


def faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        load(folder)
    return caught.value.faults


def only(folder: Path) -> Fault:
    (fault,) = faults(folder)
    return fault


def number_of(line: int | str, file: Path) -> int:
    """Return a line's number; a line that moves as the pack grows is named by its words."""
    if isinstance(line, int):
        return line
    return [words.strip() for words in file.read_text(encoding="utf-8").splitlines()].index(line) + 1


def test_a_missing_field_is_named_with_its_file_and_fix(folder: Path, change: Change) -> None:
    change(CARD, "title: When you see it happen\n", "")
    assert str(only(folder)) == f"{CARD}:2: “title” is missing — add “title: …”"


def test_a_misspelt_field_is_named_with_its_line(folder: Path, change: Change) -> None:
    change(CARD, "order: 40", "order: 40\nsumary: again")
    fault = only(folder)
    assert (fault.line, fault.what) == (5, "there is no field “sumary” here")


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "what"),
    [
        (CARD, "order: 40", "order: forty", 4, "“order” is not a whole number"),
        (CARD, "order: 40", "order: 30", 1, "order 30 is taken by another card"),
        (CARD, "order: 40", "order: 40\norder: 41", 5, "the key “order” is there twice"),
        (CARD, "reviewed_on: null", "reviewed_on: 2026-13-01", 7, "this is not a real date"),
        (CARD, "reviewed_on: null", "reviewed_on: 2026-01-01", 7, "reviewed_by_role and reviewed_on go together"),
        (CARD, "n: original", "n: machine", 5, "“translation” cannot be “machine” in this language"),
        (CARD, "[childline, shout]", "[nobody]", 1, "“nobody” is not a service that a pupil may use"),
        (CARD, "[childline, shout]", "[athena]", 1, "“athena” is not a service that a pupil may use"),
        (CARD, "When people", "![x](y.png) When people", 16, "a picture cannot stand here"),
        (CARD, "When people", "[x](../nowhere/) When people", 16, "the link “../nowhere/” leads nowhere"),
        (CARD, "When people", "[x](http://x.uk) When", 16, "the link “http://x.uk” is of a kind not used here"),
        (CARD, "When people", "[x](../tell-an-adult) When", 16, "the link “../tell-an-adult” does not end in /"),
        (CARD, "---\ntitle", "title", 1, "there is no front matter"),
        (ARABIC, "source:", "# source:", 2, "“source” is missing"),
        (ARABIC, "translation: machine", "translation: human", 4, "a person's check needs a role and a day"),
        ("services.yaml", 'phone: "101"', "phone: 101", "phone: 101", "“phone” is not text"),
        ("services.yaml", 'phone: "101"', 'phone: "1O1"', 'phone: "1O1"', "“phone” cannot be “1O1”"),
        ("services.yaml", "status: unknown", "status: live", "status: live", "“live” without verified_on"),
        (
            "services.yaml", "shows_on_bill: unknown", "shows_on_bill: no", "shows_on_bill: no",
            "“shows_on_bill” is not text",
        ),
        ("services.yaml", "  - childline\n", "  - shout\n", "on_every_screen:", "“shout” has no phone"),
        (
            "services.yaml", "uncertain: [how]", "uncertain: [phon]", "uncertain: [phon]",
            "“phon” is not a field of this service",
        ),
        (
            "services.yaml", "told: [cost, bill]", "uncertain: [hours]", "uncertain: [hours]",
            "“hours” is shown as known, and named as not checked",
        ),
        ("services.yaml", "told: [cost, bill]", "told: [age_min]", "told: [age_min]", "“age_min” cannot be told"),
        (
            "services.yaml", "sign_up_first: true", "sign_up_first: 1", "sign_up_first: 1",
            "“sign_up_first” is not true or false",
        ),
        ("services.yaml", "- id: childline", "- id: emergency", "services:", "the service “emergency” is there twice"),
        ("services.yaml", FRIENDS, "[childlin]", "friends: [childlin]", "“childlin” cannot be a friend"),
        ("services.yaml", FRIENDS, "[emergency]", "friends: [emergency]", "“emergency” cannot be a friend"),
        ("services.yaml", FRIENDS, "[athena]", "friends: [athena]", "“athena” cannot be a friend"),
        (
            "services.yaml", FRIENDS, "[childline, shout, kooth, samaritans]",
            "friends: [childline, shout, kooth, samaritans]", "these are not at most 3 different ones",
        ),
        ("services.yaml", "need: drugs", "need: drink", "need: drink", "there is no need “drink”"),
        ("services.yaml", "    need: drugs\n", "", "needs:", "nothing helps a pupil with “drugs”"),
        ("services.yaml", "  - id: drugs\n", "  - id: home\n", "needs:", "the need “home” is there twice"),
        (
            "services.yaml", "sign_up_first: true", "sign_up_first: true\n    write_on_web: 1", "write_on_web: 1",
            "“write_on_web” is not true or false",
        ),
        (
            "services.yaml", 'phone: "999"', 'phone: "999"\n    write_on_web: true', "write_on_web: true",
            "“emergency” has no website",
        ),
        ("site.yaml", "https://www.bbc", "http://www.bbc", 6, "the exit address does not start with https://"),
        ("site.yaml", "  - bullying\n", "  - bullying\n  - Knives\n", "topics:", "a topic cannot be “Knives”"),
        ("site.yaml", "dir: rtl", "dir: left", "dir: left", "“dir” cannot be “left”"),
        (TOPIC, "picture: bullying", "picture: bulli", "picture: bulli", "“picture” cannot be “bulli”"),
    ],
)  # fmt: skip
def test_a_fault_is_found_where_it_is(
    *, folder: Path, change: Change, file: str, old: str, new: str, line: int | str, what: str
) -> None:
    change(file, old, new)
    found = faults(folder)
    assert (file, number_of(line, folder / file), what) in [(fault.file, fault.line, fault.what) for fault in found]
    assert all(fault.fix for fault in found)


def test_every_fault_is_told_at_once(folder: Path, change: Change) -> None:
    change(CARD, "order: 40", "order: forty")
    change(ARABIC, "translation: machine", "translation: maybe")
    change("site.yaml", "dir: rtl", "dir: left")
    assert {fault.file for fault in faults(folder)} == {CARD, ARABIC, "site.yaml"}


def test_text_that_is_not_yaml_is_named_with_its_line(folder: Path, change: Change) -> None:
    change("services.yaml", 'phone: "101"', 'phone: "101')
    assert any(fault.what.startswith("this is not YAML") and fault.line > 70 for fault in faults(folder))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"---\ntitle: a\x00b\n---\n", b"", b"- a\n", b"---\n---\n"])
def test_a_file_that_cannot_be_read_is_a_fault_and_not_a_crash(folder: Path, content: bytes) -> None:
    (folder / CARD).write_bytes(content)
    assert CARD in {fault.file for fault in faults(folder)}


def test_a_missing_page_is_a_fault(folder: Path) -> None:
    (folder / "en/pages/about.md").unlink()
    assert "en/pages/about.md" in {fault.file for fault in faults(folder)}


def test_a_translation_without_an_original_is_a_fault(folder: Path) -> None:
    (folder / "ar/cards/bullying/other.md").write_bytes((folder / ARABIC).read_bytes())
    assert only(folder).what == "there is no such file in “en”"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert "site.yaml" in {fault.file for fault in faults(tmp_path)}


def test_a_topic_and_a_language_are_added_without_code(folder: Path, change: Change) -> None:
    change("site.yaml", "  - bullying\n", "  - bullying\n  - online\n")
    change("site.yaml", "\ntopics:", "  - tag: cy\n    name: Cymraeg\n    dir: ltr\n    interface: machine\n\ntopics:")
    (folder / "en/cards/online").mkdir()
    for name in ("index.md", "what-bullying-is.md", "tell-an-adult.md"):
        (folder / "en/cards/online" / name).write_bytes((folder / "en/cards/bullying" / name).read_bytes())
    pack = load(folder)
    slugs = [topic.slug for topic in pack.topics("cy")]
    assert slugs == [topic.slug for topic in pack.topics("en")]
    assert slugs[:2] == ["bullying", "online"]
    assert [card.slug for card in pack.topic("cy", "online").cards] == ["what-bullying-is", "tell-an-adult"]
