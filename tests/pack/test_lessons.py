"""A lesson file becomes fifty minutes of slides, and a broken one is refused with file, line and fix."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from youthsafe.config import Config
from youthsafe.pack.check import examine
from youthsafe.pack.commands import content
from youthsafe.pack.faults import ContentError, Fault
from youthsafe.pack.lessons.lesson import PARTS
from youthsafe.pack.pack import Pack, load

Change = Callable[[str, str, str], None]
LESSON = "en/lessons/bullying.md"
WHY = "You can’t help if you get hurt too. A film can spread, and then it hurts the person again."


def faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        load(folder)
    return caught.value.faults


def line_of(folder: Path, file: str, text: str) -> int:
    return (folder / file).read_text(encoding="utf-8").split("\n").index(text) + 1


@pytest.fixture
def translate(folder: Path) -> Callable[[str, str], None]:
    """Writes an Arabic lesson on bullying: the English with a text replaced, and the fingerprint it was made from.

    What stands in the original only is left out.
    """

    def write(old: str, new: str) -> None:
        text = (folder / LESSON).read_text(encoding="utf-8")
        source = load(folder).lesson("en", "bullying").origin.fingerprint
        text = text.replace("order: 10\n", "").replace(
            "who_helps: [childline, shout, kooth]\n", f"source: {source!r}\n"
        )
        text = re.sub(r"(?m)^(## .*): \d+$", r"\1", re.sub(r"(?ms)^curriculum:.*?^translation", "translation", text))
        assert old in text
        text = text.replace("translation: original", "translation: machine").replace(old, new, 1)
        (folder / "ar/lessons").mkdir(parents=True, exist_ok=True)
        (folder / "ar/lessons/bullying.md").write_text(text, encoding="utf-8")

    return write


def test_a_lesson_has_its_six_parts_in_fifty_minutes(pack: Pack) -> None:
    for lesson in pack.course("en").lessons:
        assert tuple(part.name for part in lesson.parts) == PARTS
        assert [part.minutes for part in lesson.parts] == [8, 5, 12, 14, 5, 6]
        assert sum(slide.minutes for slide in lesson.slides) == lesson.minutes == 50
        assert [slide.number for slide in lesson.slides] == list(range(1, len(lesson.slides) + 1))


def test_notes_answers_and_what_pupils_see_are_kept_apart(pack: Pack) -> None:
    lesson = pack.lesson("en", "bullying")
    rules = lesson.parts[0].slides[1]
    assert "You can pass" in rules.html
    assert "Hand out the slips" in rules.notes
    assert "Hand out the slips" not in rules.html
    asked = lesson.parts[4].slides[0].question
    assert asked is not None
    assert asked.options[asked.right].startswith("Yes. It hurts")
    assert "Being left out on purpose" in asked.why
    assert not any("Hand out the slips" in passage for passage in lesson.origin.passages)


def test_a_translation_takes_minutes_guidance_and_sources_from_the_original(pack: Pack) -> None:
    original = pack.lesson("en", "knife-crime")
    for locale in ("ar", "fr", "pl", "ta"):
        lesson = pack.lesson(locale, "knife-crime")
        assert [slide.minutes for slide in lesson.slides] == [slide.minutes for slide in original.slides]
        assert (lesson.curriculum, lesson.sources) == (original.curriculum, original.sources)
        assert list(lesson.adaptation.words) == list(original.adaptation.words)
        assert lesson.adaptation.words != original.adaptation.words


@pytest.mark.parametrize(
    ("old", "new", "at", "what"),
    [
        ("## Today: 1", "## Today: 6", None, "the slides take 55 minutes"),
        ("## Today: 1", "## Today", "## Today", "the slide has no minutes"),
        ("# starter", "# starter: 5", "# starter: 5", "there is no part “starter: 5”"),
        ("# starter", "# warm-up", "# warm-up", "there is no part “warm-up”"),
        ("# starter", "# rules", None, "the part “starter” is missing"),
        ("# steps", "# stairs", None, "the part “steps” is missing"),
        ("# told\n", "# told\n\n# handout\n", "# before", "the parts are not in order, or one is there twice"),
        ("## Yes, no, or it depends?: 5", "Yes, no?", "Yes, no?", "there is text before the first slide"),
        ("\n# before\n", "\nHello.\n# before\n", "Hello.", "there is text before the first part"),
        ("- [x] Stay safe", "- [ ] Stay safe", None, "the question has 3 answers and 0 right ones"),
        ("- [ ] Film it", "- [x] Film it", None, "the question has 3 answers and 2 right ones"),
        (WHY, "", None, "the question does not say why"),
        ("## Can a person who bullies change?: 1", "", None, "the quiz has 4 questions"),
        ("- What does Theo feel?", "- [ ] What does Theo feel?", None, "answers to tick can only stand in the quiz"),
        ("- What does Theo feel?", f"- {'word ' * 60}", None, "the slide has"),
        ("Theo is in year 7.", "![x](y.png)", "![x](y.png)", "a picture cannot stand here"),
        ("Theo is in year 7.", "[x](../nowhere/)", "[x](../nowhere/)", "the link “../nowhere/” leads nowhere"),
        ("[childline, shout, kooth]", "[athena]", None, "“athena” is not a service that a pupil may use"),
        ("order: 10", "order: 20", None, "order 20 is taken by another lesson"),
        ("order: 10\n", "", None, "“order” is missing"),
        ("outcomes:", "outcums:", None, "there is no field “outcums” here"),
        ("outcomes:", "outcums:", None, "“outcomes” is missing"),
        ("  - I can say what", "  - Know what", "outcomes:", "an outcome does not begin with “I can”"),
        ("  - What would you say to an adult?\n", "", "baseline:", "“baseline” has 2 lines"),
        ("  to swap: to change places\n", "", "words:", "the word box has 7 words"),
        ("  to swap: to change places", "  to swap:", "  to swap:", "“to swap” is missing"),
        ("names: [Theo,", "names: [Leo,", "names: [Leo, Ada, Zoya, Jay]", "“Leo” stands nowhere in the lesson"),
        ("challenge: ", "# challenge: ", None, "“challenge” is missing"),
        ("Zoya eats lunch.", "7 of 10 eat lunch.", "sources:", "the figure “7 of 10” has no source"),
        ("Zoya eats lunch.", "70 % eat lunch.", "sources:", "the figure “70 %” has no source"),
        ("Zoya eats lunch.", "One in four eats lunch.", "sources:", "the figure “One in four” has no source"),
        ("  A fall-out between", "  A quarrel between", "sources:", "“A quarrel between equals is not"),
        ("web: https:", "web: http:", "    web:", "“http://anti-bullyingalliance.org.uk/” does not start with"),
        ("translation: original", "translation: machine", None, "“translation” cannot be “machine” in this language"),
    ],
)  # fmt: skip
def test_a_fault_in_a_lesson_is_found_where_it_is(
    *, folder: Path, change: Change, old: str, new: str, at: str | None, what: str
) -> None:
    change(LESSON, old, new)
    found = [fault for fault in faults(folder) if fault.what.startswith(what)]
    assert [fault.file for fault in found if fault.file == LESSON]
    assert all(fault.fix for fault in found)
    if at is not None:
        shown = next((line for line in (folder / LESSON).read_text().split("\n") if line.startswith(at)), at)
        assert line_of(folder, LESSON, shown) in [fault.line for fault in found]


def test_an_empty_part_is_a_fault(folder: Path) -> None:
    text = (folder / LESSON).read_text(encoding="utf-8")
    (folder / LESSON).write_text(text[: text.index("# handout")] + "# handout\n", encoding="utf-8")
    assert [fault.what for fault in faults(folder)] == ["the part “handout” is empty"]


def test_lessons_without_an_introduction_are_a_fault(folder: Path) -> None:
    (folder / "en/lessons/index.md").unlink()
    assert "en/lessons/index.md" in {fault.file for fault in faults(folder)}


def test_a_lesson_that_is_too_hard_for_pupils_fails_the_check(folder: Path, change: Change) -> None:
    hard = "Safeguarding organisations unequivocally necessitate institutional accountability arrangements. " * 8
    change(LESSON, "It is never too small to tell.", hard)
    text = (folder / LESSON).read_text(encoding="utf-8")
    kept = text[: text.index("# handout")] + "# handout\n\n" + hard * 30
    (folder / LESSON).write_text(kept, encoding="utf-8")
    result = CliRunner().invoke(content, ["check", str(folder)])
    assert result.exit_code == 1
    assert f"{LESSON}:1: what pupils read of the lesson reads at grade" in result.output


def test_a_translation_takes_its_order_and_helpers_from_the_original(
    folder: Path, translate: Callable[[str, str], None]
) -> None:
    translate("title: ", "title: ")
    own, original = (load(folder).lesson(locale, "bullying") for locale in ("ar", "en"))
    assert (own.order, own.who_helps) == (original.order, original.who_helps)
    assert (own.locale, own.translation) == ("ar", "machine")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("## Today\n", "## Today\n\n## More\n", "“rules” has not the slides of the original"),
        ("## Today\n", "## Today: 1\n", "minutes stand in the original only"),
        ("  power: ", "  might: ", "“power” is missing"),
        ("  power: ", "  might: ", "there is no field “might” here"),
        (
            "- [ ] No, they only forgot.\n- [x] Yes",
            "- [x] No, they only forgot.\n- [ ] Yes",
            "the quiz has other right",
        ),
    ],
)
def test_a_translation_with_other_slides_or_answers_is_a_fault(
    folder: Path, translate: Callable[[str, str], None], old: str, new: str, what: str
) -> None:
    translate(old, new)
    assert any(fault.what.startswith(what) and fault.file.startswith("ar/lessons") for fault in faults(folder))


def test_changed_english_makes_a_translated_lesson_out_of_date(
    folder: Path, change: Change, translate: Callable[[str, str], None]
) -> None:
    translate("title: ", "title: ")
    change(LESSON, "Ada sits three rows back.", "Ada sits four rows back.")
    pack = load(folder)
    assert pack.lesson("ar", "bullying").translation == "outdated"
    assert any("ar: the English has changed" in note.what for note in examine(pack).notes)


def test_a_lesson_without_a_translation_is_shown_in_english_and_noted(folder: Path) -> None:
    for path in (folder / "ar").glob("lessons/*"):
        path.unlink()
    pack = load(folder)
    assert {lesson.translation for lesson in pack.course("ar").lessons} == {"missing"}
    assert (
        len([note for note in examine(pack).notes if note.file.startswith("en/lessons/") and "ar:" in note.what]) == 8
    )


def test_a_pack_without_lessons_says_so(folder: Path, config: Config, make_app: Callable[[Config], Flask]) -> None:
    for path in folder.glob("*/lessons/*"):
        path.unlink()
    client = make_app(replace(config, content=folder)).test_client()
    page = client.get("/en/teach/")
    assert page.status_code == 200
    assert "There are no lessons here yet." in page.get_data(as_text=True)


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_teacher_finds_every_lesson_and_its_handout(client: FlaskClient, pack: Pack, locale: str) -> None:
    page = client.get(f"/{locale}/teach/").get_data(as_text=True)
    for lesson in pack.course(locale).lessons:
        assert f'href="/{locale}/teach/{lesson.topic}/"' in page
        for address in (f"/{locale}/teach/{lesson.topic}/{page}" for page in ("", "handout/", "steps/")):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
            assert lesson.title.partition(":")[0] in answer.get_data(as_text=True)


def test_the_last_slide_always_says_where_help_is(client: FlaskClient, pack: Pack) -> None:
    for lesson in pack.course("en").lessons:
        page = client.get(f"/en/teach/{lesson.topic}/").get_data(as_text=True)
        last = page[page.index(f'id="slide-{len(lesson.slides)}"') :]
        for number in ("tel:999", "tel:08001111"):
            assert number in last[: last.index("</article>")]


def test_there_is_no_lesson_where_none_was_written(client: FlaskClient) -> None:
    for address in ("/en/teach/nothing/", "/en/teach/nothing/handout/", "/en/teach/nothing/steps/"):
        assert client.get(address).status_code == 404
