"""A helpline of the pack with what is known of it here. No Flask, no database.

The rules of the pack's parser hold here too: numbers have one form, hours with a text have both, and what is not known
is never made to look safe. A number that differs from the pack's has a price and a bill that nobody looked up, and was
tried by nobody, until somebody does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from youthsafe.pack.phrases import Phrase, Words
from youthsafe.pack.services import HOURS, NUMBER, WORD, Directory, Service, TextNumber, digits, is_costly, national
from youthsafe.pack.translation import Translation

# They stand on every screen in the code itself: 999, Childline and Shout, by phone or by text.
FIXED: Final = frozenset({"999", "08001111", "85258"})
SAME_AS_999: Final = frozenset({"112", "18000"})  # 18000 is for phones that write
EMERGENCY: Final = "999"  # which nobody tries out
LONGEST_NUMBER: Final = 20
LONGEST_TEXT: Final = 200
_NOT_PLAIN = re.compile(r"[\[\]{}<>]")
_NUMBERS_IN_TEXT = re.compile(r"\+?\d(?:[ .-]?\d)*")
_NUMBERS = ("phone", "text")


class LocalFault(StrEnum):
    """Why something cannot differ here."""

    FIXED = "fixed"  # 999, Childline and Shout are the same everywhere
    NOTHING = "nothing"  # nothing would differ
    NUMBER = "number"
    EMERGENCY = "emergency"  # a number of another helpline that stands on every screen
    COSTLY = "costly"
    WORD = "word"
    HOURS = "hours"  # hours and their text go together
    PLAIN = "plain"  # the text is too long, or not plain
    IN_TEXTS = "in-texts"  # the pack's own words name the number that would go


@dataclass(frozen=True, slots=True)
class Differing:
    """What differs from the pack here; None is as the pack has it."""

    phone: str | None = None
    text_to: str | None = None
    text_say: str | None = None
    hours: str | None = None
    hours_text: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return self == Differing()


@dataclass(frozen=True, slots=True)
class Local:
    """Everything that is known here of one helpline. Who tried it tried it as it is shown now."""

    service_id: str
    differing: Differing
    changed_on: date | None = None
    silent_since: date | None = None
    checked_on: date | None = None
    checked_by: str | None = None
    checked_how: str | None = None


def is_fixed(service: Service) -> bool:
    """Tell whether nothing about a helpline may differ: it stands on every screen."""
    return bool(_numbers_of(service) & FIXED)


def may_be_tried(service: Service) -> bool:
    """Tell whether somebody may try it out."""
    return EMERGENCY not in _numbers_of(service)


def faults(service: Service, differing: Differing) -> Iterator[tuple[str, LocalFault]]:
    """Yield what is wrong with what would differ, by field."""
    if is_fixed(service):
        yield "", LocalFault.FIXED
        return
    for field in ("phone", "text_to"):
        number = getattr(differing, field)
        if number is not None and (fault := _fault_of_number(number)) is not None:
            yield field, fault
    if differing.text_say is not None and (differing.text_to is None or not WORD.fullmatch(differing.text_say)):
        yield "text_say", LocalFault.WORD
    if (differing.hours == "see") != (differing.hours_text is not None) or differing.hours not in (None, *HOURS):
        yield "hours", LocalFault.HOURS
    text = differing.hours_text
    if text is not None and (not 0 < len(text.strip()) <= LONGEST_TEXT or not _is_plain(text)):
        yield "hours_text", LocalFault.PLAIN
    for field, old in (("phone", service.phone), ("text_to", service.text and service.text.to)):
        new = getattr(differing, field)
        if old and new is not None and digits(new) != digits(old) and _is_named(service, old):
            yield field, LocalFault.IN_TEXTS


def as_known_here(service: Service, local: Local, original: str) -> Service:
    """Return a helpline as it is shown; `original` is the pack's first language.

    What may not differ does not, whoever wrote it: a newer pack may have taken up the number in its own words.
    """
    allowed = local.differing.is_empty or not any(faults(service, local.differing))
    shown = _differing(service, local.differing, original) if allowed else service
    differs = shown != service
    days = [] if differs or service.verified_on is None else [service.verified_on]
    if local.checked_on is not None:
        days.append(local.checked_on)
    verified_on = max(days, default=None)
    tried = {local.checked_how} if differs else set()
    return replace(
        shown,
        verified_on=verified_on,
        status="unknown" if shown.status == "live" and verified_on is None else shown.status,
        uncertain=shown.uncertain - tried,
        silent=local.silent_since is not None and not is_fixed(service),
    )


def with_local(directory: Directory, known: dict[str, Local], original: str) -> Directory:
    """Return the whole directory as it is shown here; what is known of a helpline that the pack has not is left out."""
    shown = (as_known_here(each, known[each.id], original) if each.id in known else each for each in directory.services)
    return replace(directory, services=tuple(shown))


def _differing(service: Service, differing: Differing, original: str) -> Service:
    changes: dict[str, Any] = {}
    told = service.told
    if differing.phone is not None:
        changes["phone"] = differing.phone
    if differing.text_to is not None:
        changes["text"] = TextNumber(differing.text_to, differing.text_say)
    if any(changes.get(each, old) != old for each, old in ((each, getattr(service, each)) for each in _NUMBERS)):
        changes["cost"] = service.cost if service.cost == "charged" else "unknown"
        changes["shows_on_bill"] = service.shows_on_bill if service.shows_on_bill == "yes" else "unknown"
        told -= {"cost", "bill"}
    if differing.hours is not None:
        text = differing.hours_text
        changes["hours"] = differing.hours
        changes["hours_text"] = text and Phrase(Words(text, original, Translation.ORIGINAL, "", 0), {})
        told -= {"hours"}
    return replace(service, told=told, **changes)


def _numbers_of(service: Service) -> set[str]:
    return {digits(each) for each in (service.phone, service.text and service.text.to) if each}


def _fault_of_number(number: str) -> LocalFault | None:
    if len(number) > LONGEST_NUMBER or not NUMBER.fullmatch(number):
        return LocalFault.NUMBER
    if _is_emergency(number):
        return LocalFault.EMERGENCY
    return LocalFault.COSTLY if is_costly(number) else None


def _is_emergency(number: str) -> bool:
    """Whether a number is one of every screen, however it is written: a short one has no 0 in front."""
    return national(number).lstrip("0") in {each.lstrip("0") for each in FIXED | SAME_AS_999}


def _is_plain(text: str) -> bool:
    return text.isprintable() and not _NOT_PLAIN.search(text)


def _is_named(service: Service, number: str) -> bool:
    """Whether the pack's own words of a helpline, in any language, name a number."""
    texts = [words.text for phrase in service.phrases for words in (phrase.original, *phrase.others.values())]
    return any(re.sub(r"\D", "", found) == digits(number) for text in texts for found in _NUMBERS_IN_TEXT.findall(text))
