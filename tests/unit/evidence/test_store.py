"""Sealing, reading back, keeping, purging, and finding whatever was changed."""

from __future__ import annotations

import gzip
import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from domain.capture import Role, Sealed
from domain.errors import IntegrityError, PolicyError
from evidence.absorb import captures_from
from evidence.check import check_store
from evidence.journal import read_frames
from evidence.keep import Keeper, with_originals
from evidence.merkle import inclusion_proof, leaf_hash, root_of, verify_inclusion
from evidence.purge import intake_days, purge_intake
from evidence.reader import StoreReader
from evidence.segment import Segment
from tests.unit.evidence.conftest import Made, exchange


def problems(made: Made) -> list[str]:
    """What the check says."""
    return check_store(made.path, verifier=made.verifier()).problems


def test_stored_response_bytes_equal_the_received_bytes(made: Made, lookup: Callable[[int], Sealed]) -> None:
    """Odd reason phrases, repeated fields, mixed case and latin-1 bytes come back as they were."""
    (sealed,) = made.seal(b"<p>ivory \xe9</p>")
    reader = StoreReader(made.open(), lookup=lookup)

    assert exchange(b"<p>ivory \xe9</p>").response == reader.block(sealed, 0)
    assert exchange(b"").request == reader.block(sealed, 1)
    assert reader.payload(sealed) == b"<p>ivory \xe9</p>"


def test_other_readers_see_the_same_records(made: Made) -> None:
    """warcio and FastWARC read our segments; warcio's own check finds nothing wrong."""
    sealed = made.seal(*(b"page %d" % number for number in range(5)))
    path = made.path / sealed[0].locations[0].segment

    with path.open("rb") as file:
        records = [(record.rec_type, record.content_stream().read()) for record in ArchiveIterator(file)]
    with path.open("rb") as file:
        fast = [record.verify_block_digest() for record in FastIterator(io.BytesIO(file.read()), parse_http=False)]

    assert [("response", b"page %d" % number) for number in range(5)] == [each for each in records if each[0] == "response"]
    assert fast == [True] * 10
    assert len(records) == 10
    assert "X: y" not in gzip.decompress(path.read_bytes()).decode("latin-1").split("\r\n")


def test_a_leaf_gives_the_capture_back_with_its_places(made: Made) -> None:
    """The ledger's rows can be rebuilt from the journal alone."""
    sealed = made.seal(b"one", b"two")
    store = made.open()

    assert sealed == [captures_from(leaf, store.id) for leaf in store.leaves() if leaf.kind == "capture"]


def test_an_untouched_store_has_no_problems_and_says_that_it_is_a_demo(made: Made) -> None:
    """The first leaf says what a store is, and the report repeats it."""
    made.seal(b"one", b"two")
    report = check_store(made.path, verifier=made.verifier())

    assert (report.problems, report.demo, report.captures, report.records) == ([], True, 2, 4)


def test_every_changed_byte_of_log_and_segments_is_found(made: Made) -> None:
    """One bit flipped in each byte of journal, head, segment and store.json in turn: none is missed."""
    made.seal(b"one", b"two")
    missed = []
    for file in sorted(path for path in made.path.rglob("*") if path.is_file() and path.name not in ("lock", "offsets")):
        whole = file.read_bytes()
        for index in range(len(whole)):
            changed = bytearray(whole)
            changed[index] ^= 1 << (index % 8)
            file.write_bytes(changed)
            if not problems(made):
                missed.append((file.name, index))
        file.write_bytes(whole)

    assert [each for each in missed if each[0] != "store.json"] == []
    assert all(name == "store.json" for name, _ in missed)


@pytest.mark.parametrize("attack", ["cut", "grow", "remove", "double", "plant", "swap"])
def test_structural_attacks_are_found(made: Made, attack: str) -> None:
    """Cutting, growing, removing, doubling and swapping records or files does not go unseen."""
    sealed = made.seal(b"one", b"two")
    file = made.path / sealed[0].locations[0].segment
    data = file.read_bytes()
    first, second = (data[place.offset : place.offset + place.length] for place in (sealed[0].locations[0], sealed[1].locations[0]))
    if attack == "cut":
        file.write_bytes(data[:-1])
    elif attack == "grow":
        file.write_bytes(data + b"\0")
    elif attack == "remove":
        file.unlink()
    elif attack == "double":
        file.write_bytes(data + first)
    elif attack == "plant":
        (made.path / "intake" / "note.warc.gz").write_bytes(first)
    else:
        file.write_bytes(data.replace(first, second, 1))

    assert problems(made)


def test_a_journal_cut_below_its_head_is_refused(made: Made) -> None:
    """A log that lost acknowledged leaves does not open."""
    made.seal(b"one", b"two")
    journal = made.path / "log" / "journal"
    frames = list(read_frames(journal))
    journal.write_bytes(journal.read_bytes()[: frames[-2].end])

    with pytest.raises(IntegrityError):
        made.open()


def test_a_torn_tail_goes_to_quarantine_and_the_log_says_so(made: Made) -> None:
    """What a kill left half written was acknowledged to nobody."""
    made.seal(b"one")
    with (made.path / "log" / "journal").open("ab") as file:
        file.write(b"\0\0\0\x40torn")

    store = made.open()

    assert [leaf.kind for leaf in store.leaves()] == ["store.created", "capture", "recovery"]
    assert problems(made) == []


def test_an_orphaned_segment_is_cut_at_its_last_committed_record(made: Made) -> None:
    """Records that no leaf lists are put aside; committed ones stay."""
    (sealed,) = made.seal(b"one")
    closed = made.path / sealed.locations[0].segment
    orphan = closed.with_name(closed.name + ".open")
    closed.rename(orphan)
    with orphan.open("ab") as file:
        file.write(b"never committed")

    made.open()

    assert closed.exists()
    assert not orphan.exists()
    assert problems(made) == []


def test_expiry_leaves_what_was_kept_with_every_proof(made: Made, lookup: Callable[[int], Sealed]) -> None:
    """Flag one capture, expire the day: its records and the original of its revisit are in kept, the rest is gone, the log says so."""
    body = b"picture" * 1000
    store = made.open()
    original = made.seal(body, store=store, role=Role.SUBRESOURCE)[0]
    page, other = made.seal(b"flagged page", b"ordinary page", store=store)
    keeper = Keeper(store)
    places = keeper.keep(with_originals([page, original], lookup), reason="flag")
    keeper.close()
    (day,) = intake_days(store)

    result = purge_intake(store, day, authority="rule R1")

    kept = Sealed(capture=page.capture, locations=places[page.capture.id])
    reader = StoreReader(made.open(), lookup=lookup)
    hashes = [leaf_hash(frame.leaf) for frame in read_frames(made.path / "log" / "journal")]
    proof = inclusion_proof(page.capture.position, hashes)
    assert reader.payload(kept) == b"flagged page"
    assert body == reader.payload(Sealed(capture=original.capture, locations=places[original.capture.id]))
    with pytest.raises(IntegrityError):
        reader.payload(other)
    assert verify_inclusion(hashes[page.capture.position], page.capture.position, len(hashes), proof, root_of(hashes))
    assert list((made.path / "intake").iterdir()) == []
    assert "retention.purge" in [leaf.kind for leaf in made.open().leaves()]
    assert result.segments
    assert problems(made) == []


def test_a_revisit_reads_as_its_original(made: Made) -> None:
    """A subresource fetched twice is stored once; the second keeps its own head."""
    body = b"x" * 5000
    store = made.open()
    import asyncio

    from domain.capture import RobotsDecision
    from evidence.sealer import GroupSealer

    sealer = GroupSealer(store, config="c", software="s")

    async def twice() -> list[Sealed]:
        return [
            await sealer.seal_exchange(exchange(body, n), draw=1, platform="a", role=Role.SUBRESOURCE, robots=RobotsDecision.ALLOWED)
            for n in (1, 2)
        ]

    first, second = asyncio.run(twice())
    sealer.close()
    reader = StoreReader(store, lookup=lambda _capture: first)

    assert second.capture.refers_to == first.capture.id
    assert second.capture.records[0].type == "revisit"
    assert body == reader.payload(second)
    assert problems(made) == []


def test_a_purge_needs_an_authority_and_no_writer(made: Made) -> None:
    """Both are refused by name."""
    store = made.open()
    made.seal(b"one", store=store)
    (day,) = intake_days(store)
    segment = Segment(store.path, f"intake/{day}/a-market", number=1)

    with pytest.raises(PolicyError, match="authority"):
        purge_intake(store, day, authority=" ")
    with pytest.raises(PolicyError, match="still writing"):
        purge_intake(store, day, authority="R1")
    segment.close()
    assert purge_intake(store, date(2020, 1, 1), authority="R1").segments == ()


def test_a_store_copied_over_another_log_is_found(made: Made, tmp_path: Path) -> None:
    """A rebuilt log under another key is not the pinned one's."""
    made.seal(b"one")
    (tmp_path / "other").mkdir()
    other = Made(tmp_path / "other")
    other.seal(b"two")
    shutil.rmtree(made.path / "log")
    shutil.copytree(other.path / "log", made.path / "log")

    assert problems(made)


def test_warcios_own_check_passes(made: Made) -> None:
    """A third party's checker agrees with our digests."""
    sealed = made.seal(b"one", b"two")
    checker = Checker(type("Arguments", (), {"inputs": [str(made.path / sealed[0].locations[0].segment)], "verbose": False})())
    checker.process_all()

    assert checker.exit_value == 0


def test_a_waiter_that_leaves_does_not_stop_the_sealer(made: Made) -> None:
    """A rendering that runs out of time cancels its wait; the next capture is sealed all the same."""
    import asyncio

    from domain.capture import RobotsDecision
    from evidence.sealer import GroupSealer

    sealer = GroupSealer(made.open(), config="c", software="s")

    async def leave_and_go_on() -> Sealed:
        words = {"draw": 1, "platform": "a", "role": Role.PAGE, "robots": RobotsDecision.ALLOWED}
        for number in range(20):
            task = asyncio.ensure_future(sealer.seal_exchange(exchange(b"left", number), **words))
            await asyncio.sleep(0)
            task.cancel()
        return await asyncio.wait_for(sealer.seal_exchange(exchange(b"stayed"), **words), timeout=20)

    sealed = asyncio.run(leave_and_go_on())
    sealer.close()

    assert sealed.capture.position > 0
    assert problems(made) == []
