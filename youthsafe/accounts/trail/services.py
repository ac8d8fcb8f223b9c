"""Use cases of whoever reads the trail."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from youthsafe.accounts.models import Invitation, Member
from youthsafe.accounts.permissions import Permission
from youthsafe.accounts.services import SignedIn
from youthsafe.audit import services as audit_services
from youthsafe.audit.pages import LinkedEntry, is_hash, newest_first
from youthsafe.audit.services import Head
from youthsafe.errors import NotFoundError
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services

PAGE = 100


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who has, or had, an account here."""

    id: bytes
    name: str


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The number and the hash of a chain's newest entry; no hash where the database has none there."""

    chain: bytes
    number: int
    head: bytes | None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """A page of the trail; `next` is the `before` of the entries that follow it, none after the last."""

    instance: bytes
    heads: list[ChainHead]
    entries: list[LinkedEntry]
    next: int | None
    people: list[Named]


def page(member: SignedIn, *, chain: bytes | None, before: int | None) -> TrailPage:
    """Return a page of the chains that a member may read, or of one of them; raises NotFoundError for another.

    They are those of the member's teams and the instance's own; whoever holds no team and reads the trail for its own
    sake reads all of them.
    """
    here = instance_services.instance()
    if here is None:
        raise NotFoundError
    readable = None if Permission.TRAIL_READ_ALL in member.permissions else member.teams | {here.id}
    heads = [each for each in audit_services.heads() if readable is None or each.chain in readable]
    if chain is not None:
        if chain not in (readable if readable is not None else {each.chain for each in heads}):
            raise NotFoundError
        readable = frozenset({chain})
    found = newest_first(here.id, readable, PAGE + 1, before)
    shown = found[:PAGE]
    end = shown[-1].entry.sequence if len(found) > PAGE else None
    return TrailPage(here.id, [_head(each) for each in heads], shown, end, _people(shown))


def _head(head: Head) -> ChainHead:
    return ChainHead(head.chain, head.sequence, head.hash if is_hash(head.hash) else None)


def _people(entries: Iterable[LinkedEntry]) -> list[Named]:
    """Name the members that entries tell of, also those who have left, and who was invited: no signed list has them."""
    told = {each for linked in entries for each in (linked.entry.actor, linked.entry.subject)}
    ids = {each for each in told if isinstance(each, bytes)}
    invited = select(Invitation.member_id, Invitation.name).where(Invitation.member_id.in_(ids))
    rows = db.session.execute(invited.union(select(Member.id, Member.name).where(Member.id.in_(ids))))
    return [Named(*row) for row in rows]
