"""finder.yaml: what a pupil taps who does not know what to look for, and where each answer leads. Of one language."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from youthsafe.pack.document import Section
from youthsafe.pack.faults import Fault
from youthsafe.pack.fields import Fields
from youthsafe.pack.site import SLUG
from youthsafe.pack.texts import Origin, Topic
from youthsafe.pack.translation import Translation, parse_review

FILE: Final = "finder.yaml"
MOST_SITUATIONS: Final = 7  # fit one screen of a phone
MOST_ANSWERS: Final = 6


@dataclass(frozen=True, slots=True)
class Target:
    """Where an answer leads: to whom to call in `danger`, a `card`, the form with a topic to `tell`, or another `page`.

    `name` is the card's topic and file as `bullying/tell-an-adult`, the topic's, or the page's address.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class FinderAnswer:
    """One narrower answer, in a pupil's words."""

    says: str
    target: Target


@dataclass(frozen=True, slots=True)
class Situation:
    """One first answer, with its narrower ones; `picture` names its drawing and its tint, as a topic's does."""

    id: str
    says: str
    picture: str
    answers: tuple[FinderAnswer, ...]


@dataclass(frozen=True, slots=True)
class Finder:
    """Every situation, in order."""

    locale: str
    translation: Translation
    situations: tuple[Situation, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Known:
    """What there is in a pack to lead to: its topics, every address below a locale, and the names of pictures."""

    topics: Sequence[Topic]
    addresses: Collection[str]
    pictures: Sequence[str]

    def holds(self, target: Target) -> bool:
        """Tell whether a target is there."""
        names = {
            "card": [f"{card.topic}/{card.slug}" for topic in self.topics for card in topic.cards],
            "tell": [topic.slug for topic in self.topics],
            "page": self.addresses,
        }
        return target.kind == "danger" or target.name in names[target.kind]


_FIXES: Final = {
    "card": "name a topic and a card’s file, such as “bullying/tell-an-adult”",
    "tell": "name one of the topics of site.yaml",
    "page": "name an address without its language, such as “/about/”",
}
_KINDS: Final = ("danger", *_FIXES)


def parse_finder(section: Section, locale: str, original: Finder | None, known: Known, faults: list[Fault]) -> Finder:
    """Read the file of one locale; adds to `faults`. A translation takes all but the texts from the original."""
    file = f"{locale}/{FILE}"
    fields = Fields(section, file, faults)
    review = parse_review(fields, original=False) if original else None
    first = {each.id: each for each in original.situations} if original else None
    situations = tuple(_situation(each, first, known) for each in fields.each("situations"))
    fields.finish()
    texts = [text for each in situations for text in (each.says, *(answer.says for answer in each.answers))]
    origin = Origin(file, tuple(texts), tuple(texts))
    state = review.against(original.origin.fingerprint) if review and original else Translation.ORIGINAL
    finder = Finder(locale, state, situations, origin)
    _check(finder, original, fields)
    return finder


def _situation(fields: Fields, originals: dict[str, Situation] | None, known: Known) -> Situation:
    name, says = fields.text("id"), fields.text("says")
    if originals is None:
        picture = fields.chosen("picture", known.pictures, otherwise=known.pictures[-1])
        answers = tuple(_answer(each, known) for each in fields.each("answers"))
    else:
        original = originals.get(name)
        picture, answers = _translated(fields, name, original)
    fields.finish()
    if not SLUG.fullmatch(name):
        fields.fault("id", f"“id” cannot be “{name}”", "use small letters, digits and hyphens")
    if len(answers) > MOST_ANSWERS:
        fields.fault("answers", f"“{name}” has {len(answers)} answers", f"keep {MOST_ANSWERS} at most")
    return Situation(name, says, picture, answers)


def _translated(fields: Fields, name: str, original: Situation | None) -> tuple[str, tuple[FinderAnswer, ...]]:
    """Put a translation's texts in the place of the original's; there are as many, in the same order."""
    texts = fields.texts("answers")
    if original is None or len(texts) != len(original.answers):
        what = f"“{name}” has not the answers of the original"
        fields.fault("answers", what, "write the same ids, and one text an answer in the same order")
        return "", ()
    answers = zip(texts, original.answers, strict=True)
    return original.picture, tuple(FinderAnswer(text, answer.target) for text, answer in answers)


def _answer(fields: Fields, known: Known) -> FinderAnswer:
    says, danger = fields.text("says"), fields.flag("danger")
    names = {kind: name for kind in _FIXES if (name := fields.optional_text(kind))}
    targets = [Target("danger", "")] * danger + [Target(kind, name) for kind, name in names.items()]
    fields.finish()
    if len(targets) != 1:
        what = f"“{says}” leads to {len(targets)} places"
        fields.fault("says", what, f"write one of: {', '.join(_KINDS)}")
    for target in targets:
        if not known.holds(target):
            fields.fault(target.kind, f"there is no {target.kind} “{target.name}”", _FIXES[target.kind])
    return FinderAnswer(says, targets[0] if targets else Target("danger", ""))


def _check(finder: Finder, original: Finder | None, fields: Fields) -> None:
    names = [each.id for each in finder.situations]
    for name in sorted({name for name in names if names.count(name) > 1}):
        fields.fault("situations", f"“{name}” is there twice", "give each situation its own id")
    if len(names) > MOST_SITUATIONS:
        fields.fault("situations", f"there are {len(names)} situations", f"keep {MOST_SITUATIONS} at most")
    if original and names != [each.id for each in original.situations]:
        fields.fault("situations", "the situations are not those of the original", "write the same ids in order")
