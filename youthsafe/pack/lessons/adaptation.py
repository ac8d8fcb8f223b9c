"""What fits a lesson to a class, out of its file: outcomes, questions asked twice, words, sources of every figure."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from youthsafe.pack.fields import Fields
from youthsafe.pack.lessons.lesson import Adaptation, Lesson, Source
from youthsafe.pack.prose import Prose

OUTCOMES: Final = 3
BASELINE: Final = 3
WORDS: Final = (8, 12)
_MEASURED: Final = "en"
_CAN: Final = "I can "
_COUNTED: Final = "one|two|three|four|five|six|seven|eight|nine|ten|half"
_FIGURE = re.compile(
    rf"\d[\d,.]*\s*(?:%|per ?cent)"
    rf"|\d[\d,]*\s+(?:(?:out )?of|in)\s+(?:every\s+)?\w+"
    rf"|\b(?:{_COUNTED})\s+(?:(?:out )?of|in)\s+(?:every\s+)?(?:\d+|a hundred|(?:{_COUNTED})\b)",
    re.IGNORECASE,
)


def parse_adaptation(fields: Fields, steps: Prose, locale: str, original: Lesson | None) -> Adaptation:
    """Read it; a translation has as many outcomes and questions as the original, and its English words."""
    first = original.adaptation if original else None
    outcomes, baseline = _some(fields, "outcomes", OUTCOMES), _some(fields, "baseline", BASELINE)
    if locale == _MEASURED and not all(outcome.startswith(_CAN) for outcome in outcomes):
        fields.fault(
            "outcomes", "an outcome does not begin with “I can”", "write what a pupil can say or do afterwards"
        )
    words = _words(fields, first.words if first else None)
    return Adaptation(outcomes, baseline, fields.text("easier"), fields.text("challenge"), words, steps.html)


def parse_sources(fields: Fields, texts: Iterable[str]) -> tuple[Source, ...]:
    """Read where figures and claims come from; a figure without a source is a fault, and a source of nothing too."""
    inner, whole = fields.inner("sources"), " ".join(" ".join(texts).split())
    found: list[Source] = []
    for claim in inner.section if inner else ():
        source = inner.required_inner(claim) if inner else None
        if source is not None:
            found.append(Source(claim, source.text("name"), _web(source)))
            source.finish()
        if claim not in whole:
            fields.fault("sources", f"“{claim}” stands nowhere in the lesson", "name it by words of the lesson")
    claims = {source.claim for source in found}
    for figure in dict.fromkeys(match[0] for match in _FIGURE.finditer(whole)):
        if not any(figure in claim for claim in claims):
            fields.fault("sources", f"the figure “{figure}” has no source", f"add “{figure}” with its name and web")
    return tuple(found)


def _some(fields: Fields, key: str, count: int) -> tuple[str, ...]:
    texts = fields.texts(key)
    if texts and len(texts) != count:
        fields.fault(key, f"“{key}” has {len(texts)} lines", f"write {count}")
    return texts


def _words(fields: Fields, wanted: Mapping[str, str] | None) -> dict[str, str]:
    """Read the word box. In a translation the words are those of the original, each with its meaning."""
    inner = fields.required_inner("words")
    words = {word: inner.text(word) for word in (wanted if wanted is not None else list(inner.section))}
    inner.finish()
    least, most = WORDS
    if wanted is None and inner.section and not least <= len(words) <= most:
        fields.fault("words", f"the word box has {len(words)} words", f"write {least} to {most}")
    return words


def _web(source: Fields) -> str:
    address = source.text("web")
    if address and not address.startswith("https://"):
        source.fault("web", f"“{address}” does not start with https://", "write the address in full")
    return address
