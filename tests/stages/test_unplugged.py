"""Unplugging a later stage leaves the earlier ones untouched; on return it catches up."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
import yaml

from domain.digest import sha256
from domain.errors import EnvironmentMissing, IntegrityError, ProjectionError
from ledger import projection
from marketwarden.bootstrap import House
from marketwarden.searching import rebuild_index, status_view
from marketwarden.stages.assess import AssessStage
from marketwarden.stages.index import IndexStage
from marketwarden.stages.stage import Stage, StageReport
from tests.servers import elasticsearch
from tests.stages.conftest import IVORY, LAMP, Market, fine, outcomes


def run_with(house: House, monkeypatch: pytest.MonkeyPatch, kind: type, load: object) -> list[StageReport]:
    """Run every stage, one of them with another way to load what it needs."""
    made = house.stages()

    def stages(_self: House) -> list[Stage]:
        for stage in made:
            if isinstance(stage, kind):
                stage.load = load  # type: ignore[attr-defined]
        return made

    with monkeypatch.context() as patch:
        patch.setattr(House, "stages", stages)
        return house.run()


def missing() -> object:
    """No model."""
    raise EnvironmentMissing("no model", file="model.skops")


def test_a_missing_model_stops_assessment_only(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sealing, absorbing, extracting and matching go on; on return the listing is judged, queued and indexed."""
    with market.open() as house:
        market.listing(house, 1, IVORY)
        reports = {report.stage: report for report in run_with(house, monkeypatch, AssessStage, missing)}

        assert reports["assess"].failure is not None
        assert "no model" in reports["assess"].failure
        assert [name for name, report in reports.items() if report.failure] == ["assess"]
        assert (reports["extract"].done, reports["match"].done, reports["index"].done) == (1, 1, 1)
        assert next(house.index.scan()).verdict is None

        done = fine(house.run())
        assert (done["extract"], done["match"], done["assess"], done["queue"], done["index"]) == (0, 0, 1, 1, 1)
        document = next(house.index.scan())
        assert (document.verdict, document.queued) == ("likely_illegal_offer", True)


def test_a_house_without_a_model_seals_and_extracts(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The house as it is built, its assessor not to be had: assess and queue say so, and nothing else does."""
    from classifiers import assessor

    with market.open() as house:
        del house.__dict__["assessor"]
        monkeypatch.setattr(assessor, "RuleAssessor", lambda *_args, **_named: missing())
        market.listing(house, 1, IVORY)
        reports = house.run()

        assert {report.stage for report in reports if report.failure} == {"assess", "queue"}
        assert outcomes(house, "extract") == {"new": 1}
        assert outcomes(house, "match") == {"matched": 1}


class Away:
    """An engine that does not answer."""

    name = "embedded"

    def prepare(self) -> None:
        """Refuse."""
        raise ProjectionError("the engine is away")


def test_an_index_that_is_away_stops_indexing_only(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything before it is done; on return the backlog is sent."""
    with market.open() as house:
        market.listing(house, 1, IVORY)
        market.listing(house, 2, LAMP)
        reports = run_with(house, monkeypatch, IndexStage, Away)

        assert [(report.stage, report.failure) for report in reports if report.failure] == [("index", "the engine is away")]
        with house.ledger.read() as conn:
            assert projection.backlog(conn, "embedded") == 2
        assert fine(house.run())["index"] == 2
        assert status_view(house)["behind"] == 0


def test_an_engine_that_refuses_one_document_gets_the_others(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused document is an issue and stays in the backlog; the others are there."""
    from dataclasses import replace

    from domain.index import BulkResult

    with market.open() as house:
        market.listing(house, 1, IVORY)
        market.listing(house, 2, LAMP)
        real = house.index
        real.prepare()

        class Picky:
            name = "embedded"

            def prepare(self) -> None:
                real.prepare()

            def write(self, documents: list) -> BulkResult:
                result = real.write(documents[1:])
                return replace(result, failed=((documents[0].id, "too fine"),))

        reports = run_with(house, monkeypatch, IndexStage, Picky)
        assert [report for report in reports if report.failure] == []
        with house.ledger.read() as conn:
            assert projection.backlog(conn, "embedded") == 1
        assert fine(house.run())["index"] == 1


def digest(house: House) -> str:
    """Digest over every document of the index."""
    return sha256(repr(sorted(house.index.scan(), key=lambda document: document.id)).encode())


@pytest.mark.elasticsearch
def test_a_real_node_is_unplugged_and_catches_up(market: Market) -> None:
    """With the node killed everything but indexing goes on; on its return it has what the embedded engine has, rebuilt or not."""
    folder = Path(mkdtemp(prefix="marketwarden-es-"))
    folder.chmod(0o755)
    settings = market.path / "config" / "settings.yml"
    node = None
    try:
        try:
            node = elasticsearch.start(folder)
        except elasticsearch.NotAvailable as missing_node:
            if os.environ.get("CI") == "true":
                pytest.fail(f"elasticsearch: {missing_node}")
            pytest.skip(f"elasticsearch: {missing_node}")
        with market.open() as house:
            market.listing(house, 1, IVORY)
            fine(house.run())
            embedded = digest(house)
        index = {"engine": "elasticsearch", "hosts": [node.url], "prefix": "unplugged"}
        settings.write_text(yaml.safe_dump({"index": index}), encoding="utf-8")
        with market.open() as house:
            assert fine(house.run())["index"] == 1
            assert digest(house) == embedded
            node.kill()
            market.listing(house, 2, LAMP)
            market.listing(house, 3, IVORY)
            reports = house.run()
            assert {report.stage for report in reports if report.failure} == {"index"}
            assert outcomes(house, "queue") == {"queued": 2, "not_flagged": 1}
            assert status_view(house)["away"] is not None
            node = elasticsearch.start(folder, port=int(node.url.rsplit(":", 1)[1]))
            assert fine(house.run())["index"] == 2
            before = digest(house)
            assert rebuild_index(house) == 3
            assert digest(house) == before
        settings.write_text("", encoding="utf-8")
        with market.open() as house:
            fine(house.run())
            assert digest(house) == before
    finally:
        if node is not None:
            node.stop()
        shutil.rmtree(folder, ignore_errors=True)


def test_rebuild_gives_the_same_documents(market: Market) -> None:
    """Dropping everything and writing it again gives the same documents."""
    with market.open() as house:
        for number in range(6):
            market.listing(house, number, IVORY if number % 2 else LAMP)
        fine(house.run())
        before = digest(house)
        assert rebuild_index(house) == 6
        assert house.index.count() == 6
        assert digest(house) == before


def test_damage_is_not_caught_by_the_runner(market: Market) -> None:
    """Bytes that are not what was sealed stop the run with an IntegrityError."""
    with market.open() as house:
        sealed = market.listing(house, 1, IVORY)
        place = house.home.store / sealed.locations[0].segment
        damaged = bytearray(place.read_bytes())
        damaged[sealed.locations[0].offset + 40] ^= 0xFF
        place.chmod(0o600)
        place.write_bytes(damaged)
        with pytest.raises(IntegrityError):
            house.run()
