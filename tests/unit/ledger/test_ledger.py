"""The ledger's tables, claims, absorbing and outbox."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError as Conflict

from domain.assessment import Assessment, Intent, Mention, Reason, Specimen, TaxonClaim, Verdict
from domain.capture import Role, Sealed
from domain.codec import from_json, to_json
from domain.errors import ConfigurationError, IntegrityError
from domain.review import Event
from domain.sampling import DrawOutcome, DrawResult
from ledger import captures, draws, leases, outbox, people, stages, tables, totals
from ledger.engine import Ledger
from tests.unit.ledger.conftest import NOW, draw, sealed

LATER = NOW + timedelta(minutes=15)


def test_migrations_from_nothing_make_the_tables_of_this_code(ledger: Ledger, tmp_path: Path) -> None:
    """What a migrated ledger has is what `ledger/tables.py` says, column by column."""
    fresh = Ledger.open(tmp_path / "fresh.db")
    with fresh.write() as conn:
        tables.metadata.create_all(conn)
    shapes = []
    for name in ("ledger.db", "fresh.db"):
        with sqlite3.connect(tmp_path / name) as plain:
            rows = plain.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND name != 'alembic_version'")
            shapes.append(sorted(row for row in rows if row[2] and "alembic" not in row[1]))

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("table", sorted(set(tables.metadata.tables) - tables.MUTABLE))
def test_append_only_tables_refuse_change_and_removal(ledger: Ledger, tmp_path: Path, table: str) -> None:
    """The database itself refuses, whoever asks."""
    with sqlite3.connect(tmp_path / "ledger.db") as plain:
        columns = [row[1] for row in plain.execute(f'PRAGMA table_info("{table}")')]
        plain.execute(f'INSERT INTO "{table}" VALUES ({",".join("1" for _ in columns)})')

        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            plain.execute(f'UPDATE "{table}" SET "{columns[0]}" = 2')
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            plain.execute(f'DELETE FROM "{table}"')


def test_a_ledger_of_a_newer_version_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    """An old program does not write into tables that it does not know."""
    with sqlite3.connect(tmp_path / "ledger.db") as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(ConfigurationError, match="newer"):
        ledger.migrate()


def test_planning_the_same_cell_twice_adds_nothing(ledger: Ledger) -> None:
    """A draw is one cell of one slot."""
    with ledger.write() as conn:
        assert [draws.add_draw(conn, draw(number)) for number in (1, 2)] == [True, False]


def test_a_claimed_draw_is_not_due_until_its_lease_has_run_out(ledger: Ledger) -> None:
    """A crawl that died leaves its draws to another."""
    terms = {"limit": 10, "until": LATER, "platform": "a-market"}
    with ledger.write() as conn:
        draws.add_draw(conn, draw(1))
        first = draws.due_draws(conn, now=NOW, holder="a", **terms)
        second = draws.due_draws(conn, now=NOW, holder="b", **terms)
        third = draws.due_draws(conn, now=LATER, holder="c", **{**terms, "until": LATER + timedelta(minutes=1)})
        result = DrawResult(
            draw=1, outcome=DrawOutcome.COMPLETE, stop_reason="all_seen", started=NOW, ended=NOW, pages=1, seen=2, new=2, bytes_received=3,
            errors=0,
        )  # fmt: skip
        draws.record_result(conn, result)
        fourth = draws.due_draws(conn, now=LATER + timedelta(days=1), holder="d", **terms)

    assert tuple([each.id for each in found] for found in (first, second, third, fourth)) == ([1], [], [1], [])


def test_leaves_are_absorbed_exactly_once(ledger: Ledger) -> None:
    """Captures and mark move together; a second absorber of the same leaves is refused."""
    with ledger.write() as conn:
        captures.absorb(conn, "log-1", start=0, end=3, sealed=[sealed(1), sealed(2)])
    with pytest.raises(IntegrityError), ledger.write() as conn:
        captures.absorb(conn, "log-1", start=0, end=3, sealed=[sealed(1), sealed(2)])
    with ledger.read() as conn:
        assert captures.next_position(conn, "log-1") == 3
        assert captures.get_sealed(conn, [2, 1, 9]) == [sealed(2), sealed(1)]


def test_a_family_is_the_page_with_what_was_rendered_from_it(ledger: Ledger) -> None:
    """An exhibit of the DOM has the served page and the picture with it."""
    with ledger.write() as conn:
        rows: list[Sealed] = [sealed(1), sealed(2, role=Role.DOM, parent=1), sealed(3, role=Role.SCREENSHOT, parent=1), sealed(4)]
        captures.absorb(conn, "log-1", start=0, end=5, sealed=rows)

        assert captures.families(conn, [2, 4]) == {2: [1, 2, 3], 4: [4]}


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 5), st.booleans()), max_size=25))
def test_two_workers_that_may_die_lose_nothing_and_double_nothing(tmp_path_factory, steps) -> None:
    """Each step claims a batch and either finishes it or dies; in the end every record was finished once."""
    ledger = Ledger.open(tmp_path_factory.mktemp("l") / "l.db")
    ledger.migrate()
    with ledger.write() as conn:
        captures.absorb(conn, "log-1", start=0, end=21, sealed=[sealed(number) for number in range(1, 21)])
    now, finished = NOW, []
    for holder, limit, survives in [*steps, *[("z", 5, True)] * 5]:
        now += timedelta(minutes=10)
        terms = {"holder": holder + str(now), "now": now, "until": now + timedelta(minutes=5), "limit": limit}
        with ledger.write() as conn:
            claimed = stages.claim(conn, "extract", "v1", after=0, **terms)
        if survives:
            with ledger.write() as conn:
                stages.finish(conn, "extract", "v1", [(record, "done") for record in claimed], at=now)
            finished.extend(claimed)
    with ledger.read() as conn:
        assert stages.backlog(conn, "extract", "v1") == 0
        assert stages.backlog(conn, "extract", "v2") == 20
    ledger.close()

    assert list(range(1, 21)) == sorted(finished)


def test_two_workers_at_once_share_the_records(ledger: Ledger) -> None:
    """What one holds the other does not get."""
    with ledger.write() as conn:
        captures.absorb(conn, "log-1", start=0, end=11, sealed=[sealed(number) for number in range(1, 11)])
        first = stages.claim(conn, "extract", "v", after=0, limit=6, holder="a", now=NOW, until=LATER)
        second = stages.claim(conn, "extract", "v", after=0, limit=6, holder="b", now=NOW, until=LATER)

    assert (list(range(1, 7)), list(range(7, 11))) == (first, second)


def test_a_record_is_done_once_per_version(ledger: Ledger) -> None:
    """A second finish of one record by one version is refused whole."""
    with ledger.write() as conn:
        stages.finish(conn, "match", "v", [(1, "matched")], at=NOW)
    with pytest.raises(Conflict), ledger.write() as conn:
        stages.finish(conn, "match", "v", [(2, "matched"), (1, "matched")], at=NOW)
    with ledger.read() as conn:
        assert stages.outcomes(conn, "match") == {"matched": 1}


def test_only_one_process_is_the_sealer(ledger: Ledger) -> None:
    """The stage's own lease is held by one until it runs out or is let go."""
    with ledger.write() as conn:
        assert leases.try_take(conn, "seal", holder="a", now=NOW, until=LATER)
        assert not leases.try_take(conn, "seal", holder="b", now=NOW, until=LATER)
        assert leases.try_take(conn, "seal", holder="b", now=LATER, until=LATER + timedelta(minutes=1))


def test_an_act_waits_in_the_outbox_for_its_position(ledger: Ledger) -> None:
    """The digest of the row goes with it in one transaction, and a position is given once."""
    event = Event(id=5, officer=None, act="test", object="x:1", why=None, at=NOW)
    with ledger.write() as conn:
        people.add_event(conn, event, outbox_id=6)
        waiting = outbox.unsealed(conn, 10)
        outbox.mark_sealed(conn, [(6, 40)])
        outbox.mark_sealed(conn, [(6, 41)])

        assert [(row.id, row.table, row.row) for row in waiting] == [(6, "event", 5)]
        assert outbox.unsealed(conn, 10) == []
        assert outbox.position_of(conn, "event", 5) == 40
        assert outbox.last_sealed_position(conn) == 40


def test_a_failed_transaction_leaves_nothing(ledger: Ledger) -> None:
    """All of it or nothing."""

    def fail() -> None:
        with ledger.write() as conn:
            draws.add_draw(conn, draw(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with ledger.read() as conn:
        assert totals.counts(conn)["draw"] == 0


texts = st.text(max_size=8)
spans = st.one_of(st.none(), st.tuples(st.integers(0, 9), st.integers(0, 9)))
reasons = st.builds(Reason, rule=texts, text=texts, span=spans, field=st.one_of(st.none(), texts), weight=st.floats(-1, 1))
claims = st.builds(
    TaxonClaim, taxon=texts, rank=texts, appendix=st.one_of(st.none(), texts), annotation=st.none(), list=texts,
    spans=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple), field=texts, probability=st.floats(0, 1),
)  # fmt: skip
judgements = st.builds(
    Assessment, language=st.one_of(st.none(), texts), intent=st.sampled_from(Intent), specimen=st.sampled_from(Specimen),
    taxa=st.lists(claims, max_size=2).map(tuple), product=st.lists(texts, max_size=2).map(tuple),
    quantity=st.one_of(st.none(), st.fixed_dictionaries({"amount": texts, "unit": texts})),
    countries=st.just(()), lawful_claims=st.just(()),
    verdict=st.sampled_from(Verdict), policy_violation=st.booleans(), flagged=st.booleans(), probability=st.floats(0, 1),
    abstained=st.booleans(), missing=st.lists(texts, max_size=2).map(tuple), reasons=st.lists(reasons, max_size=2).map(tuple),
    versions=st.dictionaries(texts, texts, max_size=2),
)  # fmt: skip


@given(judgements)
def test_a_judgement_survives_storage_without_loss(assessment: Assessment) -> None:
    """Dataclass to JSON and back is the identity."""
    assert from_json(Assessment, to_json(assessment)) == assessment


@given(
    st.builds(
        Mention,
        taxon=texts,
        term=texts,
        kind=texts,
        language=texts,
        field=texts,
        start=st.integers(0),
        end=st.integers(0),
        weight=st.floats(0, 1),
    )
)
def test_a_mention_survives_storage_without_loss(mention: Mention) -> None:
    """Dataclass to JSON and back is the identity."""
    assert from_json(Mention, to_json(mention)) == mention


def test_what_a_dead_process_of_this_machine_held_is_free_at_once(ledger: Ledger) -> None:
    """Its own leases only: a living process and another machine keep theirs."""
    with ledger.write() as conn:
        for number, holder in enumerate(("here:10:aa", "here:11:bb", "there:10:cc")):
            leases.take(conn, "match", [number], holder=holder, until=LATER)
        dropped = leases.drop_dead(conn, host="here", is_alive=lambda process: process == 11)
        left = conn.execute(tables.lease.select()).all()

    assert dropped == 1
    assert {row.holder for row in left} == {"here:11:bb", "there:10:cc"}


def test_the_schema_that_the_code_names_is_the_newest_migration() -> None:
    """A start compares one word instead of loading the migrations."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from ledger.engine import _MIGRATIONS, HEAD

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
