"""A place as texts, in the columns of a file: what `records.py` reads back as the same place."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from youthsafe.havens.hours_text import write_hours_text
from youthsafe.havens.models import Haven
from youthsafe.havens.records import REQUIRED, TRANSLATED, WRITTEN_IN

_YES_NO: Final = {True: "yes", False: "no", None: ""}


def values_of(haven: Haven) -> dict[str, Any]:
    """Return what an import holds of a haven, by column."""
    return {name: getattr(haven, name) for name in REQUIRED}


def columns_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Return every column with its text; languages of `what_to_expect` are columns of their own."""
    texts = values["what_to_expect"]
    others = {TRANSLATED + tag: text for tag, text in texts.items() if tag != WRITTEN_IN}
    written = {name: _written(name, value) for name, value in values.items() if name != "what_to_expect"}
    return written | {"what_to_expect": texts[WRITTEN_IN]} | others


def _written(name: str, value: Any) -> str:
    if name == "hours":
        return write_hours_text(value)
    if name == "step_free":
        return _YES_NO[value]
    if name == "languages":
        return " ".join(value)
    if name in ("lat", "lon"):
        shortest = repr(value)
        return f"{value:.15f}" if "e" in shortest else shortest
    return value.isoformat() if isinstance(value, date) else str(value or "")
