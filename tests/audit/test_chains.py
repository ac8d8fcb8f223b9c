"""Whatever is done to a trail of several chains, the first entry that it touches is named."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from youthsafe.audit.chain import entry_hash, start
from youthsafe.audit.models import AuditEntry
from youthsafe.audit.services import Head, first_fault

INSTANCE = b"I" * 16
CHAINS = (INSTANCE, b"A" * 16, b"B" * 16)


@dataclass
class Trail:
    entries: list[AuditEntry]
    heads: list[Head]

    @property
    def broken(self) -> int | None:
        fault = first_fault(self.entries, INSTANCE, self.heads)
        return None if fault is None else fault.sequence


def written(chains: list[bytes]) -> Trail:
    newest: dict[bytes, Head] = {}
    entries = []
    for sequence, chain in enumerate(chains, 1):
        previous = newest[chain].hash if chain in newest else start(INSTANCE, chain)
        hashed = entry_hash(previous, sequence, 9, actor=None, action="report.opened", subject=None)
        entry = {"sequence": sequence, "chain": chain, "at": 9, "action": "report.opened", "hash": hashed}
        entries.append(AuditEntry(**entry))
        newest[chain] = Head(chain, sequence, hashed)
    return Trail(entries, list(newest.values()))


TRAILS = st.lists(st.sampled_from(CHAINS), min_size=1, max_size=12).map(written)


@given(TRAILS)
def test_what_was_only_added_to_is_whole(trail: Trail) -> None:
    assert trail.broken is None


@given(TRAILS, st.data())
def test_a_changed_entry_is_named(trail: Trail, data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from(trail.entries))
    column = data.draw(st.sampled_from(["chain", "at", "actor", "action", "subject", "hash"]))
    values = {"chain": b"C" * 16, "at": 8, "action": "report.closed", "hash": bytes(32)}
    setattr(entry, column, values.get(column, b"M" * 16))
    assert trail.broken == entry.sequence


@given(TRAILS, st.data())
def test_a_deleted_entry_is_named(trail: Trail, data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from(trail.entries))
    trail.entries.remove(entry)
    assert trail.broken == entry.sequence


@given(TRAILS, st.data())
def test_the_first_entry_of_a_tail_that_was_cut_is_named(trail: Trail, data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(trail.entries) - 1))
    del trail.entries[kept:]
    assert trail.broken == kept + 1


@given(TRAILS.filter(lambda trail: len(trail.entries) > 1), st.data())
def test_the_first_of_two_entries_that_changed_places_is_named(trail: Trail, data: st.DataObject) -> None:
    two = st.lists(st.sampled_from(trail.entries), min_size=2, max_size=2, unique_by=lambda each: each.sequence)
    one, other = sorted(data.draw(two), key=lambda each: each.sequence)
    place = one.sequence
    one.sequence, other.sequence = other.sequence, one.sequence
    trail.entries.sort(key=lambda each: each.sequence)
    assert trail.broken == place


def test_the_browser_half_makes_the_same_hashes() -> None:
    """The same two stand in `desk/pages/trail/view.test.tsx`."""
    made = entry_hash(b"\x07" * 32, 3, 1_795_000_000, actor=b"\x01" * 16, action="report.opened", subject=None)
    assert made.hex() == "e83649bbf2f2f370ad92a23a68cfcf7b004d98318e5a67eaa6abc91d3d0868f0"
    assert start(b"\x01" * 16, b"\x02" * 16).hex() == "6b5ebd9c93f076cc4f0daa49a5a3daac6fd97b49a1b050dda836b7165836aeef"
