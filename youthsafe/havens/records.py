"""One place of an import, checked field by field."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from babel import Locale

from youthsafe.havens.hours import HoursError
from youthsafe.havens.hours_text import read_hours_text
from youthsafe.havens.models import Kind
from youthsafe.havens.refusals import Refusal
from youthsafe.havens.rows import Row
from youthsafe.privacy.visible_text import can_be_seen

REQUIRED: Final = (
    "kind", "scheme", "operator", "name", "address", "lat", "lon", "hours", "what_to_expect", "step_free", "languages",
    "trained_on", "agreement_on", "source",
)  # fmt: skip
LONGEST: Final = {"scheme": 120, "operator": 120, "name": 80, "address": 160, "source": 200, "what_to_expect": 500}
TRANSLATED: Final = "what_to_expect_"
WRITTEN_IN: Final = "en"  # what `what_to_expect` is written in; other languages have columns of their own
LANGUAGES: Final = frozenset(Locale("en").languages)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,15})?")
_MISREAD = re.compile("�|[ÂÃ][\u0080-¿]|â€")
_STEP_FREE = {"yes": True, "no": False, "": None}

InBorough = Callable[[float, float], bool]


class FieldError(ValueError):
    """A field that cannot be taken: what is wrong, and how to mend it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


@dataclass(frozen=True, slots=True)
class Record:
    """A checked place. Fields are those of the table of havens; `line` is where it stood."""

    line: int
    values: dict[str, Any]

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same place as another: kind, name and address, however they are spaced or capitalised."""
        return key_of(self.values["kind"], self.values["name"], self.values["address"])

    @property
    def spot(self) -> tuple[str, float, float]:
        """Its kind and its position, to a metre."""
        return spot_of(self.values["kind"], self.values["lon"], self.values["lat"])


def key_of(kind: str, name: str, address: str) -> tuple[str, str, str]:
    """Return what places are compared by."""
    name, address = (
        " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", each).casefold())) for each in (name, address)
    )
    return str(kind), name, address


def spot_of(kind: str, lon: float, lat: float) -> tuple[str, float, float]:
    """Return a kind and a position, rounded to a metre."""
    return str(kind), round(lon, 5), round(lat, 5)


def check_columns(columns: tuple[str, ...], *, first: int) -> list[Refusal]:
    """Return what is wrong with the names of the columns; `first` is the line that they stand on."""
    known = ", ".join(REQUIRED)
    refusals = [Refusal(first, name, "there is no such column", f"use {known}, {TRANSLATED}<language>")
                for name in columns if name not in REQUIRED and not _is_translation(name)]  # fmt: skip
    refusals += [Refusal(first, name, "this column is missing", "add it; cells may be empty where a value is not known")
                 for name in REQUIRED if name not in columns]  # fmt: skip
    twice = sorted({name for name in columns if columns.count(name) > 1})
    return refusals + [Refusal(first, name, "this column is there twice", "remove one") for name in twice]


def check_row(row: Row, today: date, in_borough: InBorough) -> Record | list[Refusal]:
    """Return the record, or everything that is wrong with it."""
    refusals: list[Refusal] = []
    values: dict[str, Any] = {}
    for name in REQUIRED:
        try:
            values[name] = _READERS[name](_clean(name, row.values.get(name, "")), name, today)
        except FieldError as error:
            refusals.append(Refusal(row.line, name, error.what, error.fix))
    texts = {WRITTEN_IN: values.get("what_to_expect")}
    for name in filter(_is_translation, row.values):
        try:
            if text := _optional_text(_clean(name, row.values[name]), "what_to_expect", today):
                texts[name.removeprefix(TRANSLATED)] = text
        except FieldError as error:
            refusals.append(Refusal(row.line, name, error.what, error.fix))
    if "lat" in values and "lon" in values and not in_borough(values["lon"], values["lat"]):
        swapped = in_borough(values["lat"], values["lon"])
        fix = "lat and lon are the wrong way round" if swapped else "look the address up again"
        refusals.append(Refusal(row.line, "lat, lon", "this place is outside the borough", fix))
    return refusals or Record(row.line, values | {"what_to_expect": texts})


def _is_translation(column: str) -> bool:
    return column.startswith(TRANSLATED) and column.removeprefix(TRANSLATED) in LANGUAGES - {WRITTEN_IN}


def _clean(name: str, raw: str) -> str:
    """A text without spaces around it; refuses what a spreadsheet would run, and what was damaged on its way."""
    text = raw.strip()
    number = name in ("lat", "lon") and _NUMBER.fullmatch(text)
    if not number and (raw.startswith(_FORMULA) or text.startswith(_FORMULA)):
        raise FieldError("a spreadsheet would run this as a formula", "begin with a letter or a digit")
    if not can_be_seen(text):
        raise FieldError("there is a character that cannot be seen", "type the text again, in one line")
    if _MISREAD.search(text):
        raise FieldError("some letters were damaged by a wrong encoding", "save the file again as “CSV UTF-8”")
    return unicodedata.normalize("NFC", text)


def _text(text: str, name: str, _today: date) -> str:
    if not text:
        raise FieldError("this is empty", "every place needs it")
    return _optional_text(text, name, _today)


def _optional_text(text: str, name: str, _today: date) -> str:
    if len(text) > LONGEST[name]:
        raise FieldError(f"this has {len(text)} letters", f"use at most {LONGEST[name]}")
    return text


def _kind(text: str, _name: str, _today: date) -> str:
    if text not in {each.value for each in Kind}:
        raise FieldError(f"“{text[:40]}” is not a kind of place", f"write {' or '.join(Kind)}")
    return text


def _degrees(text: str, name: str, _today: date) -> float:
    if not _NUMBER.fullmatch(text) or abs(float(text)) > (90 if name == "lat" else 180):
        raise FieldError("this is not a number of degrees", "write it like 51.4452 or -0.0208")
    return float(text)


def _hours(text: str, _name: str, _today: date) -> dict[str, Any] | None:
    try:
        return read_hours_text(text)
    except HoursError as error:
        raise FieldError(str(error), "write mon-fri 09:00-17:30; sat 10:00-16:00; 2026-12-25 closed") from None


def _step_free(text: str, _name: str, _today: date) -> bool | None:
    if text.lower() not in _STEP_FREE:
        raise FieldError(f"“{text[:40]}” is no answer", "write yes or no, or leave it empty where nobody knows")
    return _STEP_FREE[text.lower()]


def _languages(text: str, _name: str, _today: date) -> list[str]:
    tags = list(dict.fromkeys(re.split(r"[\s;,]+", text))) if text else []
    unknown = [tag for tag in tags if tag not in LANGUAGES]
    if unknown or not tags:
        what = f"“{unknown[0][:40]}” is not a language" if unknown else "this is empty"
        raise FieldError(what, "write tags such as en pl so, with spaces between them")
    return tags


def _day(text: str, _name: str, today: date) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-11-23") else None
    except ValueError:
        day = None
    if day is None:
        raise FieldError(f"“{text[:40]}” is not a day", "write it like 2026-11-23")
    if not date(2000, 1, 1) <= day <= today:
        raise FieldError(f"{day} is not between 2000 and today", "check the year")
    return day


_READERS: Final[dict[str, Callable[[str, str, date], Any]]] = {
    "kind": _kind, "scheme": _text, "operator": _text, "name": _text, "address": _text, "lat": _degrees,
    "lon": _degrees, "hours": _hours, "what_to_expect": _text, "step_free": _step_free, "languages": _languages,
    "trained_on": _day, "agreement_on": _day, "source": _text,
}  # fmt: skip
