"""What an import would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from youthsafe.havens.models import Haven, Status
from youthsafe.havens.records import Record, key_of, spot_of


@dataclass(frozen=True, slots=True)
class Change:
    """A place that is known and stands differently in the file: its name and status until now, and what differs."""

    haven: Haven
    record: Record
    name: str
    was: Status
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Places of a file beside those that are known. What is gone from the file is told, and never removed."""

    new: tuple[Record, ...]
    changed: tuple[Change, ...]
    same: tuple[Haven, ...]
    gone: tuple[Haven, ...]


def difference(records: Iterable[Record], known: Iterable[Haven]) -> Difference:
    """Compare; a place is known again by kind, name and address, or else by kind and position."""
    known = tuple(known)
    by_key = {key_of(haven.kind, haven.name, haven.address): haven for haven in known}
    by_spot = {spot_of(haven.kind, haven.lon, haven.lat): haven for haven in known}
    new: list[Record] = []
    changed: list[Change] = []
    same: list[Haven] = []
    met: set[bytes] = set()
    for record in sorted(records, key=lambda each: each.key not in by_key):
        haven = by_key.get(record.key) or by_spot.get(record.spot)
        if haven is None or haven.id in met:
            new.append(record)
            continue
        met.add(haven.id)
        fields = tuple(name for name, value in record.values.items() if _differs(getattr(haven, name), value))
        if fields:
            changed.append(Change(haven, record, haven.name, Status(haven.status), fields))
        else:
            same.append(haven)
    gone = tuple(haven for haven in known if haven.id not in met)
    return Difference(tuple(new), tuple(changed), tuple(same), gone)


def _differs(old: Any, new: Any) -> bool:
    return bool(old != new)
