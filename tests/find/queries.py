"""What children type, and where it is to lead: written down before there was an index to suit it."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

LOCALES = ("en", "ar", "fr", "pl", "ta")


class Query(NamedTuple):
    """What a child types, and the address that is to come first, without its language."""

    typed: str
    address: str


@cache
def queries(locale: str) -> tuple[Query, ...]:
    """Every query of a language."""
    lines = (Path(__file__).parent / "queries" / f"{locale}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(Query(*line.split("\t")) for line in lines)
