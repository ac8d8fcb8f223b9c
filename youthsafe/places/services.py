"""Use cases around havens at the desk: one place as texts, and importing a file step by step.

What becomes of a haven is decided by the use cases of `havens.services`; the command line calls the same ones. A file
comes as text, in pieces, because one request is small; it is read as a whole, and what it would change is named by a
digest. Only that difference is stored: where anything changed meanwhile, nothing is.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select

from youthsafe.accounts.services import SignedIn
from youthsafe.clock import LONDON
from youthsafe.errors import ConflictError, InvalidInputError, NotFoundError
from youthsafe.extensions import db
from youthsafe.havens import borough_map
from youthsafe.havens import services as havens_services
from youthsafe.havens.difference import Change, Difference
from youthsafe.havens.import_file import ImportFile, read_import
from youthsafe.havens.models import Haven
from youthsafe.havens.records import REQUIRED, Record, check_columns, check_row
from youthsafe.havens.refusals import Refusal
from youthsafe.havens.rows import Row
from youthsafe.havens.writing import columns_of, values_of
from youthsafe.places.models import HavenImport, HavenImportPiece
from youthsafe.places.people import person

PIECE: Final = 8_000  # letters in one request
MOST_PIECES: Final = 500
MOST_PLACES: Final = 2_000  # more go by the command line
KEPT_FOR: Final = timedelta(days=1)
SHOWN_REFUSALS: Final = 200
_LETTERS_OF_A_VALUE: Final = 200  # in what is shown of a difference
_CHANGED = "Something changed since you looked. Look at the difference again. Nothing was saved."


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One column of a place, before and after."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A place that stands differently in a file."""

    id: bytes
    name: str
    was: str
    columns: tuple[Rewritten, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file would do: what is to mend in it, or the difference under its digest."""

    unit: str
    refusals: tuple[Refusal, ...]
    refused: int
    new: tuple[dict[str, str], ...] = ()
    changed: tuple[Changed, ...] = ()
    same: int = 0
    gone: tuple[Haven, ...] = ()
    digest: bytes | None = None


def read_columns(columns: Mapping[str, str], now: datetime) -> Record | list[Refusal]:
    """Read one place that was typed, by the rules of a file; or everything that is to mend."""
    wrong = check_columns(tuple({**dict.fromkeys(REQUIRED, ""), **columns}), first=0)
    return wrong or check_row(Row(0, dict(columns)), now.astimezone(LONDON).date(), borough_map.is_in_borough)


def begin_import(member: SignedIn, *, geojson: bool, now: datetime) -> bytes:
    """Begin a file in the place of those that this member began before; returns its id."""
    for each in db.session.scalars(select(HavenImport.id).where(HavenImport.member_id == member.id)).all():
        _forget(each)
    begun = HavenImport(id=secrets.token_bytes(16), member_id=member.id, begun_at=now, geojson=geojson)
    db.session.add(begun)
    return begun.id


def forget_old_imports(now: datetime) -> int:
    """Forget the files that nobody saved within a day, and return how many."""
    old = db.session.scalars(select(HavenImport.id).where(HavenImport.begun_at < now - KEPT_FOR)).all()
    for each in old:
        _forget(each)
    return len(old)


def add_piece(member: SignedIn, import_id: bytes, number: int, text: str) -> None:
    """Keep a piece of the text; the same again changes nothing. Raises NotFoundError, ConflictError."""
    _begun(member, import_id)
    kept = db.session.get(HavenImportPiece, (import_id, number))
    if kept is not None and kept.text != text:
        raise ConflictError("Another text came under this number. Begin the import again. Nothing was saved.")
    if kept is None:
        db.session.add(HavenImportPiece(import_id=import_id, number=number, text=text))


def look(member: SignedIn, import_id: bytes, now: datetime) -> Looked:
    """Return what the file would change; changes nothing. Raises NotFoundError, InvalidInputError."""
    read = _read(member, import_id, now)
    if read.refusals:
        return Looked(read.unit, read.refusals[:SHOWN_REFUSALS], len(read.refusals))
    found = havens_services.compare(read.records)
    return Looked(
        unit=read.unit,
        refusals=(),
        refused=0,
        new=tuple(columns_of(each.values) for each in found.new),
        changed=tuple(_changed(each) for each in found.changed),
        same=len(found.same),
        gone=found.gone,
        digest=_digest(found),
    )


def take_in(member: SignedIn, import_id: bytes, digest: bytes, now: datetime) -> Difference:
    """Store exactly the difference that was looked at; raises NotFoundError, and ConflictError where it is another."""
    havens_services.lock_every()
    read = _read(member, import_id, now)
    found = havens_services.compare(read.records)
    if read.refusals or _digest(found) != digest:
        raise ConflictError(_CHANGED)
    _forget(import_id)
    return havens_services.take_in_difference(found, now, person(member))


def _begun(member: SignedIn, import_id: bytes) -> HavenImport:
    begun = db.session.get(HavenImport, import_id)
    if begun is None or begun.member_id != member.id:
        raise NotFoundError("This import is not there any more. Choose the file again. Nothing was saved.")
    return begun


def _forget(import_id: bytes) -> None:
    db.session.execute(delete(HavenImportPiece).where(HavenImportPiece.import_id == import_id))
    db.session.execute(delete(HavenImport).where(HavenImport.id == import_id))


def _read(member: SignedIn, import_id: bytes, now: datetime) -> ImportFile:
    begun = _begun(member, import_id)
    of_this = HavenImportPiece.import_id == import_id
    count, last = db.session.execute(select(func.count(), func.max(HavenImportPiece.number)).where(of_this)).one()
    if count == 0 or count != last + 1:
        raise InvalidInputError("A piece of the file is missing. Choose the file again. Nothing was saved.")
    pieces = db.session.scalars(select(HavenImportPiece.text).where(of_this).order_by(HavenImportPiece.number))
    read = read_import(
        "".join(pieces).encode(),
        geojson=begun.geojson,
        today=now.astimezone(LONDON).date(),
        in_borough=borough_map.is_in_borough,
    )
    if len(read.records) > MOST_PLACES:
        many = Refusal(0, "", f"there are more than {MOST_PLACES:,} places", "split the file")
        return ImportFile(read.unit, (), (many,))
    return read


def _changed(change: Change) -> Changed:
    return Changed(change.haven.id, change.name, change.was, tuple(_rewritten(change)))


def _rewritten(change: Change) -> Iterator[Rewritten]:
    old, new = columns_of(values_of(change.haven)), columns_of(change.record.values)
    for column in dict.fromkeys([*old, *new]):
        before, after = old.get(column, ""), new.get(column, "")
        if before != after:
            yield Rewritten(column, before[:_LETTERS_OF_A_VALUE], after[:_LETTERS_OF_A_VALUE])


def _digest(found: Difference) -> bytes:
    """Name a difference: everything that would be stored, and how everything stands that it was compared with."""
    parts = {
        "new": sorted(json.dumps(columns_of(each.values), sort_keys=True) for each in found.new),
        "changed": sorted([*_standing(each.haven), json.dumps(columns_of(each.record.values), sort_keys=True)]
                          for each in found.changed),
        "same": sorted(_standing(each) for each in found.same),
        "gone": sorted(_standing(each) for each in found.gone),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).digest()


def _standing(haven: Haven) -> list[str]:
    return [haven.id.hex(), haven.status, json.dumps(columns_of(values_of(haven)), sort_keys=True)]
