"""you-said.yaml: what young people asked for, and what they were told. Nothing is added to what the source says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from youthsafe.pack.document import Section
from youthsafe.pack.faults import Fault
from youthsafe.pack.fields import Fields
from youthsafe.pack.site import SLUG
from youthsafe.pack.texts import Origin
from youthsafe.pack.translation import Translation, parse_review

FILE: Final = "you-said.yaml"
STATUSES: Final = ("done", "to-do", "cannot", "no-answer")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `status` is one of STATUSES."""

    status: str
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One idea in our words, and what was answered. `same_as` is the id of an idea that asks for the same."""

    id: str
    said: str
    same_as: str | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class YouSaid:
    """Every idea with its answers. `source` and `year` are the document that all answers come from."""

    locale: str
    translation: Translation
    source: str
    year: int
    labels: Mapping[str, str]
    asks: tuple[Ask, ...]
    more: tuple[Ask, ...]
    origin: Origin

    def ask(self, name: str) -> Ask:
        """Return an idea by its id; raises KeyError."""
        return {ask.id: ask for ask in (*self.asks, *self.more)}[name]


def parse_you_said(section: Section, locale: str, original: YouSaid | None, faults: list[Fault]) -> YouSaid:
    """Read the file of one locale; adds to `faults`. A translation takes all but the texts from the original."""
    file = f"{locale}/{FILE}"
    fields = Fields(section, file, faults)
    review = parse_review(fields, original=False) if original else None
    source = original.source if original else fields.text("source")
    year = original.year if original else fields.number("year")
    labels = {each.choice("id", STATUSES): _finished(each, "label") for each in fields.each("statuses")}
    first = {ask.id: ask for ask in (*original.asks, *original.more)} if original else {}
    asks, more = (
        tuple(_ask(each, first if original else None) for each in fields.each(key)) for key in ("asks", "more")
    )
    fields.finish()
    texts = [text for ask in (*asks, *more) for text in (ask.said, *(answer.text for answer in ask.answers))]
    origin = Origin(file, (source, *labels.values(), *texts), tuple(texts))
    state = review.against(original.origin.fingerprint) if review and original else Translation.ORIGINAL
    said = YouSaid(locale, state, source, year or 0, labels, asks, more, origin)
    _check(said, original, fields)
    return said


def _finished(fields: Fields, key: str) -> str:
    text = fields.text(key)
    fields.finish()
    return text


def _ask(fields: Fields, originals: Mapping[str, Ask] | None) -> Ask:
    name = fields.text("id")
    original = originals.get(name) if originals is not None else None
    statuses = [answer.status for answer in original.answers] if original else []
    said, given = fields.text("said"), fields.each("answers")
    same_as = original.same_as if original else fields.optional_text("same_as")
    answers = tuple(_answer(each, statuses[place : place + 1], original) for place, each in enumerate(given))
    fields.finish()
    if not SLUG.fullmatch(name):
        fields.fault("id", f"“id” cannot be “{name}”", "use small letters, digits and hyphens")
    if originals is not None and (original is None or len(answers) != len(original.answers)):
        fields.fault(
            "id", f"“{name}” has not the answers of the original", "write the same ids, and one text an answer"
        )
    return Ask(name, said, same_as, answers)


def _answer(fields: Fields, status: list[str], original: Ask | None) -> Answer:
    own = fields.choice("status", STATUSES) if original is None else "".join(status)
    answer = Answer(own, fields.text("text"))
    fields.finish()
    return answer


def _check(said: YouSaid, original: YouSaid | None, fields: Fields) -> None:
    names = [ask.id for ask in (*said.asks, *said.more)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        fields.fault("asks", f"“{name}” is there twice", "give each idea its own id")
    for ask in (*said.asks, *said.more):
        if not original and ask.same_as and ask.same_as not in names:
            fields.fault("asks", f"“{ask.id}” is the same as “{ask.same_as}”, which is not there", "name another id")
    if set(said.labels) != set(STATUSES):
        fields.fault("statuses", "a status has no label", f"label each of: {', '.join(STATUSES)}")
    if original and names != [ask.id for ask in (*original.asks, *original.more)]:
        fields.fault("asks", "the ideas are not those of the original", "write the same ids in the same order")
