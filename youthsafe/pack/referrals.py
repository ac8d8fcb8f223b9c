"""referrals.yaml: the pages on which a case is referred, in the words of those who get them and the first language."""

from dataclasses import dataclass
from typing import Final

from youthsafe.pack.fields import Fields

FILE: Final = "referrals.yaml"
# Those that a case card knows, in its order, and what the desk can say by itself; both stand in the browser half too.
RECIPIENTS: Final = ("mash", "hub", "school", "police", "lado", "other")
SAYS: Final = (
    "number",
    "received",
    "danger",
    "told",
    "wish",
    "chronology",
    "level",
    "categories",
    "summary",
    "made",
)


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One row; `says` is what the desk writes there, None where the caseworker types."""

    label: str
    says: str | None


@dataclass(frozen=True, slots=True)
class ReferralForm:
    """One page, for one of RECIPIENTS."""

    to: str
    title: str
    rows: tuple[ReferralRow, ...]


def parse_referrals(fields: Fields) -> tuple[ReferralForm, ...]:
    """Read the file; no two rows of a page have one label, because what is typed is kept under it."""
    forms = tuple(_form(each) for each in fields.each("forms"))
    fields.finish()
    return forms


def _form(fields: Fields) -> ReferralForm:
    form = ReferralForm(
        fields.choice("to", RECIPIENTS), fields.text("title"), tuple(_row(each) for each in fields.each("rows"))
    )
    labels = [row.label for row in form.rows]
    for label in sorted({each for each in labels if labels.count(each) > 1}):
        fields.fault("rows", f"two rows are called “{label}”", "give each row a label of its own")
    fields.finish()
    return form


def _row(fields: Fields) -> ReferralRow:
    says = fields.choice("says", SAYS) if fields.section.get("says") is not None else None
    row = ReferralRow(fields.text("label"), says)
    fields.skip("says")
    fields.finish()
    return row
