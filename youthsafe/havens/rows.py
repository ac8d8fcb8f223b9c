"""Rows of a CSV or GeoJSON file, as texts, before anything is believed."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from youthsafe.havens.refusals import Refusal

MOST_BYTES: Final = 10_000_000
MOST_ROWS: Final = 20_000
_SAVE_AS = "save the file again as “CSV UTF-8”"


@dataclass(frozen=True, slots=True)
class Row:
    """One place of a file: its line or feature number, and its texts by column."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything a file holds. `unit` is what its numbers count: `line` or `feature`."""

    unit: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]


def read_rows(content: bytes, *, geojson: bool) -> Rows:
    """Read a file; what cannot be read is among the refusals."""
    unit = "feature" if geojson else "line"
    if len(content) > MOST_BYTES:
        return _nothing(unit, Refusal(0, "", "the file is larger than 10 MB", "split it into several files"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"byte {content[error.start]:#04x} is not UTF-8"
        return _nothing("line", Refusal(line, "", what, _SAVE_AS))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return _nothing("line", Refusal(line, "", "there is a zero byte: this may be UTF-16", _SAVE_AS))
    rows = _geojson(text) if geojson else _csv(text)
    if len(rows.rows) > MOST_ROWS:
        return _nothing(unit, Refusal(0, "", f"there are more than {MOST_ROWS:,} places", "split the file"))
    return rows


def _nothing(unit: str, refusal: Refusal) -> Rows:
    return Rows(unit, (), (), (refusal,))


def _csv(text: str) -> Rows:
    lines = _csv_lines(text)
    rows: list[Row] = []
    refusals: list[Refusal] = []
    columns: tuple[str, ...] = ()
    try:
        _, head = next(lines, (1, []))
        columns = tuple(name.strip().lower() for name in head)
        if not any(columns):
            return _nothing("line", Refusal(0, "", "the file is empty", "give a first line with the names of columns"))
        for line, cells in lines:
            if len(cells) != len(columns):
                what = f"there are {len(cells)} cells for {len(columns)} columns"
                refusals.append(Refusal(line, "", what, "put texts that hold a comma in double quotes"))
            else:
                rows.append(Row(line, dict(zip(columns, cells, strict=True))))
    except csv.Error as error:
        fix = "close every double quote, and write one inside a text twice"
        refusals.append(Refusal(text.count("\n", 0, len(text.rstrip())) + 1, "", f"not CSV: {error}", fix))
    return Rows("line", columns, tuple(rows), tuple(refusals))


def _csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not empty, with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _geojson(text: str) -> Rows:
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return _nothing("line", Refusal(line, "", f"not JSON: {getattr(error, 'msg', 'too deep')}", "mend the file"))
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        fix = "give a FeatureCollection of points"
        return _nothing("feature", Refusal(0, "", "this is not a GeoJSON FeatureCollection", fix))
    rows: list[Row] = []
    refusals: list[Refusal] = []
    for number, feature in enumerate(collection["features"], 1):
        try:
            rows.append(Row(number, _feature(feature)))
        except (KeyError, TypeError, ValueError) as error:
            fix = "give a Feature with a Point and texts as properties"
            refusals.append(Refusal(number, "", f"not a place: {error}", fix))
    columns = tuple(dict.fromkeys(name for row in rows for name in row.values))
    return Rows("feature", columns, tuple(rows), tuple(refusals))


def _feature(feature: Any) -> dict[str, str]:
    geometry = feature["geometry"]
    if geometry["type"] != "Point":
        raise ValueError(f"its geometry is a {geometry['type']}")
    lon, lat = geometry["coordinates"][:2]
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in (lon, lat)):
        raise ValueError("its coordinates are not numbers")
    properties = feature["properties"]
    texts = {str(name).strip().lower(): _text(value) for name, value in properties.items()}
    if {"lon", "lat"} & set(texts):
        raise ValueError("lon and lat belong in its geometry, not in its properties")
    return {"lon": repr(lon), "lat": repr(lat)} | texts


def _text(value: Any) -> str:
    """A property as it would stand in a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return " ".join(value)
    if isinstance(value, str):
        return value
    raise ValueError("a property is neither a text nor yes or no")
