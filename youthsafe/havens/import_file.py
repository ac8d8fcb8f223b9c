"""A file of places, read as a whole: either every place in it can be taken, or none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from youthsafe.havens.records import InBorough, Record, check_columns, check_row
from youthsafe.havens.refusals import Refusal
from youthsafe.havens.rows import Row, read_rows

Progress = Callable[[Sequence[Row]], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class ImportFile:
    """What was read: records, or the refusals in order of line. `unit` is what a refusal's number counts."""

    unit: str
    records: tuple[Record, ...]
    refusals: tuple[Refusal, ...]


def read_import(
    content: bytes,
    *,
    geojson: bool,
    today: date,
    in_borough: InBorough,
    progress: Progress = lambda rows: rows,
) -> ImportFile:
    """Read and check a file; `progress` may watch the rows go by."""
    rows = read_rows(content, geojson=geojson)
    refusals = list(rows.refusals)
    if rows.columns:
        refusals += check_columns(rows.columns, first=0 if geojson else 1)
    elif not refusals:
        refusals.append(Refusal(0, "", "there is no place in this file", "give at least one"))
    records: list[Record] = []
    if not any(each.what == "this column is missing" for each in refusals):
        for row in progress(rows.rows):
            found = check_row(row, today, in_borough)
            if isinstance(found, Record):
                records.append(found)
            else:
                refusals += found
    if rows.columns and not rows.rows and not refusals:
        refusals.append(Refusal(0, "", "there is no place in this file", "give at least one"))
    refusals += _duplicates(records, rows.unit)
    return ImportFile(rows.unit, () if refusals else tuple(records), tuple(sorted(refusals)))


def _duplicates(records: Iterable[Record], unit: str) -> Iterator[Refusal]:
    seen: dict[object, int] = {}
    for record in records:
        same = "name, address" if record.key in seen else "lat, lon" if record.spot in seen else ""
        if same:
            first = seen[record.key if record.key in seen else record.spot]
            yield Refusal(record.line, same, f"the same place as {unit} {first}", "keep one of them")
        seen.setdefault(record.key, record.line)
        seen.setdefault(record.spot, record.line)
