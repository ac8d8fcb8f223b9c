"""English words inside a page of another language say that they are English (WCAG 3.1.2)."""

from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from youthsafe.pack import prose
from youthsafe.pack.english import mark_faults, missing_english, plain
from youthsafe.pack.pack import Pack
from youthsafe.pack.prose import Prose, isolate_numbers
from youthsafe.pack.translation import fingerprint

QUOTED = {
    "pl": ("A man is hurting my mum", "vapes", "grass", "Stop and search"),
    "fr": ("I don’t agree with this.", "We are in the park by the north gate.", "stop and search", "School nurse"),
}
IN_BOTH = (
    "Which service?", "Where are you?", "What is happening?", "Sorry, it was a mistake. I’m safe",
    "Do I have to answer?", "Please help me. I’m not safe", "I need help. I’m being followed",
    "Leave me alone! Call 999!", "Call 999!", "Ambulance. Someone is badly hurt",
    "I need an ambulance. My friend won’t wake up", "Am I being searched? Why?",
    "I am under 18. I want an adult with me", "hate crime", "county lines", "There is something in my bag. I need help",
    "safeguarding lead", "head of year", "outh worker", "Social worker", "Community champions",
)  # fmt: skip
EMPTY = {"meta", "link", "input", "br", "hr", "img"}


class _Reader(HTMLParser):
    """Hears a page's words by language; a window's name can say no language but the page's."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.english: list[str] = []
        self.other: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self.open.append((tag, dict(attributes).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while tag in {name for name, _ in self.open} and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1]
        if tag not in {"title", "script", "style"}:
            (self.english if language == "en" else self.other).append(data)


def addresses(pack: Pack, locale: str) -> list[str]:
    topics = pack.topics(locale)
    lessons = [lesson.topic for lesson in pack.course(locale).lessons]
    below = ["", "cards/", "support/", "people/", "about/", "accessibility/", "you-said/", "teach/"]
    below += [f"cards/{topic.slug}/" for topic in topics]
    below += [f"cards/{topic.slug}/{card.slug}/" for topic in topics for card in topic.cards]
    below += [f"teach/{topic}/{rest}" for topic in lessons for rest in ("", "handout/")]
    return [f"/{locale}/{each}" for each in below]


@pytest.mark.parametrize("locale", ["pl", "fr"])
def test_quoted_english_is_marked_on_every_page(client: FlaskClient, pack: Pack, locale: str) -> None:
    heard, phrases = [], (*IN_BOTH, *QUOTED[locale])
    for address in addresses(pack, locale):
        response = client.get(address)
        assert response.status_code == 200, address
        reader = _Reader()
        reader.feed(response.text)
        assert [each for each in phrases if each in " ".join("".join(reader.other).split())] == [], address
        heard += reader.english
    assert [each for each in phrases if each not in "".join(heard)] == []


@pytest.mark.parametrize("locale", ["en", "pl", "fr", "ta", "ar"])
def test_no_mark_is_shown_to_a_reader(client: FlaskClient, pack: Pack, locale: str) -> None:
    assert [each for each in addresses(pack, locale) if "{en}" in client.get(each).text] == []


def test_a_window_is_named_without_marks(client: FlaskClient) -> None:
    assert "<title>„Stop and search”, czyli" in client.get("/pl/cards/getting-help/stop-and-search/").text


def test_marked_words_become_english_in_markdown_and_in_fields() -> None:
    spoken = '„<bdi dir="ltr" lang="en">Call 999!</bdi>” (<bdi dir="ltr">999</bdi>)'
    assert isolate_numbers("„[Call 999!]{en}” (999)") == spoken
    assert Prose("**„[Call 999!]{en}” (999)**", "x.md", 0).html == f"<p><strong>{spoken}</strong></p>\n"
    assert Prose("Powiedz: [Where are you?]{en}", "x.md", 0).passages() == ["Powiedz: Where are you?"]


def test_a_text_is_read_once_for_all_that_is_asked_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    parse, read = prose._MARKDOWN.parse, []
    monkeypatch.setattr(prose._MARKDOWN, "parse", lambda text, *more: read.append(text) or parse(text, *more))
    text = Prose("Ring **999** or [look here](https://example.org).", "x.md", 0)
    assert "999" in text.html
    assert text.passages() == ["Ring 999 or look here."]
    assert text.faults("", ()) == []
    assert read == [text.text]


def test_marked_words_are_marked_once_in_another_script() -> None:
    assert isolate_numbers("قل [Call 999! Now]{en}") == 'قل <bdi dir="ltr" lang="en">Call 999! Now</bdi>'


SAID_OR_HEARD = (
    "Which service?", "Where are you?", "What is happening?", "police", "fire", "ambulance", "Call 999!",
    "A man is hurting my mum.", "Sorry, it was a mistake. I’m safe.", "Please help me. I’m not safe.",
    "Leave me alone! Call 999!", "I need help. I’m being followed.", "Ambulance. Someone is badly hurt.",
    "There is something in my bag. I need help.", "Am I being searched? Why?", "record", "Do I have to answer?",
    "I am under 18. I want an adult with me.", "I don’t agree with this.", "Crimestoppers", "mental health",
    "I need an ambulance. My friend won’t wake up. We are in the park by the north gate.",
)  # fmt: skip


def test_what_must_be_said_or_heard_in_english_is_marked_so_in_the_original(pack: Pack) -> None:
    texts = [text for topic in pack.topics("en") for card in topic.cards for text in card.origin.texts]
    texts += [text for lesson in pack.course("en").lessons for text in lesson.origin.texts]
    texts += [phrase.original.text for service in pack.services.services for phrase in service.phrases]
    assert [words for words in SAID_OR_HEARD if not any(f"[{words}]{{en}}" in text for text in texts)] == []


@pytest.mark.parametrize(
    ("translation", "missing"),
    [
        ("„[Call 999!]{en}” (dzwońcie)", []),
        ("Krzycz „call  999”, od razu", []),
        ("صح: «[Call 999]{en}»", []),
        ("Krzycz: dzwońcie pod 999!", ["Call 999!"]),
        ("Recall 9990", ["Call 999!"]),
    ],
)
def test_english_that_a_translation_leaves_out_is_found(translation: str, missing: list[str]) -> None:
    assert missing_english(["Shout “[Call 999!]{en}” so that others know."], [translation]) == missing


def test_a_mark_in_the_original_leaves_its_translations_current() -> None:
    assert fingerprint("Shout “[Call 999!]{en}”.") == fingerprint("Shout “Call 999!”.")


def test_html_in_a_mark_stays_text() -> None:
    assert isolate_numbers("[a & b]{en}") == '<bdi dir="ltr" lang="en">a &amp; b</bdi>'
    assert "<b>" not in isolate_numbers("[<b>x</b>]{en}")


@pytest.mark.parametrize("text", ["[Where\nare you?]{en}", "Where are you?]{en}", "{en}", "[a **b** c]{en}", "x]{eng}"])
def test_a_mark_that_marks_nothing_is_a_fault_with_its_line(text: str) -> None:
    (fault,) = mark_faults(f"first\n{text}", "pl/x.md")
    assert (fault.line, fault.what) == (2 + text.count("\n"), "“{en}” marks nothing as English")


@given(st.text("ab[]{}en 9ق*"), st.from_regex(r"[A-Za-z’?!., ]+", fullmatch=True), st.text("ab]{}en 9ق*"))
def test_a_mark_changes_no_words(before: str, phrase: str, after: str) -> None:
    assert plain(f"{before}[{phrase}]{{en}}{after}") == f"{plain(before)}{phrase}{plain(after)}"
