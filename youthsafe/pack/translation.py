"""How far a text can be trusted: written here, checked by a person, made by a computer, out of date, missing."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from youthsafe.pack.english import plain
from youthsafe.pack.fields import Fields

STATUSES = ("machine", "human", "original")


class Translation(StrEnum):
    """What the reader is told about a text."""

    ORIGINAL = "original"
    HUMAN = "human"
    MACHINE = "machine"
    OUTDATED = "outdated"
    MISSING = "missing"

    @property
    def checked(self) -> bool:
        """Whether the text can stand without the English beside it."""
        return self in (Translation.ORIGINAL, Translation.HUMAN, Translation.MISSING)


@dataclass(frozen=True, slots=True)
class Review:
    """What a file says of its own text. `source` is the fingerprint of the English it was made from."""

    status: str
    by_role: str | None = None
    on: date | None = None
    source: str | None = None

    def against(self, original: str) -> Translation:
        """Return the state of this translation, given the fingerprint of today's English."""
        if self.status == "original":
            return Translation.ORIGINAL
        if self.source != original:
            return Translation.OUTDATED
        return Translation(self.status)


def fingerprint(*texts: str) -> str:
    """Return 16 hex digits that change when words change, but not when lines are wrapped or English is marked."""
    words = "\n".join(" ".join(plain(text).split()) for text in texts)
    return hashlib.sha256(unicodedata.normalize("NFC", words).encode()).hexdigest()[:16]


def parse_review(fields: Fields, *, original: bool) -> Review:
    """Read `translation`, `reviewed_by_role`, `reviewed_on` and `source`."""
    status = fields.choice("translation", STATUSES)
    review = Review(
        status, fields.optional_text("reviewed_by_role"), fields.day("reviewed_on"), fields.optional_text("source")
    )
    if fields.section.get("translation") in STATUSES:
        _check(fields, review, original=original)
    return review


def _check(fields: Fields, review: Review, *, original: bool) -> None:
    if original != (review.status == "original"):
        fix = "write “original”" if original else "write “machine”, or “human” once a person has checked it"
        fields.fault("translation", f"“translation” cannot be “{review.status}” in this language", fix)
    if not original and not review.source:
        fields.fault("source", "“source” is missing", "add the fingerprint that `youthsafe content check` prints")
    if review.status == "human" and not (review.by_role and review.on):
        fields.fault("translation", "a person's check needs a role and a day", "add reviewed_by_role and reviewed_on")
    if (review.by_role is None) != (review.on is None):
        fields.fault("reviewed_on", "reviewed_by_role and reviewed_on go together", "write both, or neither")
