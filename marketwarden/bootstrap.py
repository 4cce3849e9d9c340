"""The composition root: the only place that builds collaborators and hands them to one another."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.extraction import GenericExtractor
from crawlers.platforms import Platform, load_platforms
from crawlers.programmes import Programme, load_programmes
from domain.capture import Sealed
from domain.clock import Clock, Ids, system_clock
from domain.digest import digest_of
from domain.errors import ConfigurationError
from domain.ports import Assessor, ListingIndex, Matcher
from evidence.reader import StoreReader
from evidence.store import Store, create_store, open_store
from ledger import leases
from ledger.engine import Ledger
from marketwarden.home import Home, make_folders
from marketwarden.progress import StageProgress
from marketwarden.runner import run_stage, run_stages
from marketwarden.settings import APP, SHIPPED, Settings, load_settings
from marketwarden.stages.lease import Lease
from marketwarden.stages.stage import Stage, StageReport
from marketwarden.version import VERSION

if TYPE_CHECKING:
    from crawlers.browser.renderer import Renderer
    from crawlers.context import CrawlContext
    from crawlers.door.door import Door
    from evidence.sealer import GroupSealer
    from species_lists.index import SpeciesIndex


def create_home(path: Path, *, kind: str) -> Home:
    """Make a home with its store (`real` or `demo` from the first log entry on), keys and migrated ledger."""
    home = make_folders(path)
    ids = Ids(system_clock)
    create_store(home.store, kind=kind, key_dir=home.keys, clock=system_clock, ids=ids)
    ledger = Ledger.open(home.ledger)
    ledger.migrate()
    ledger.close()
    return home


@contextmanager
def open_house(path: Path, *, clock: Clock = system_clock) -> Iterator[House]:
    """Everything that a command needs, built when first asked for, closed at the end."""
    house = House(home=Home(path).require(), clock=clock)
    try:
        yield house
    finally:
        house.close()


def extractor(folders: list[Path]) -> GenericExtractor:
    """The extractor with the selectors of all platform files."""
    return _extractor(load_platforms(folders))


def _extractor(platforms: dict[str, Platform]) -> GenericExtractor:
    return GenericExtractor(
        selectors={platform.id: platform.selectors for platform in platforms.values()},
        listing_urls={platform.id: platform.listing_url for platform in platforms.values() if platform.listing_url is not None},
    )


def species_index() -> SpeciesIndex:
    """The shipped species lists."""
    from species_lists.index import load

    return load(APP / "species_lists")


def product_codes() -> frozenset[str]:
    """CITES term codes of the shipped list."""
    from species_lists.products import load_product_codes

    return load_product_codes(APP / "species_lists")


def _host() -> str:
    return socket.gethostname().replace(":", "_") or "host"


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@dataclass
class House:
    """One home, opened."""

    home: Home
    clock: Clock
    holder: str = field(default_factory=lambda: f"{_host()}:{os.getpid()}:{secrets.token_hex(4)}")

    @cached_property
    def ids(self) -> Ids:
        """Ids in time order; the node tells processes of one machine apart."""
        return Ids(self.clock, node=os.getpid() % 1024)

    @cached_property
    def settings(self) -> Settings:
        """Shipped settings under the home's overlay."""
        return load_settings(self.home.settings_file)

    @cached_property
    def platforms(self) -> dict[str, Platform]:
        """Shipped platform files under the home's."""
        return load_platforms([SHIPPED / "platforms", self.home.overlay("platforms")])

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        """Shipped programmes under the home's."""
        return load_programmes([SHIPPED / "programmes", self.home.overlay("programmes")])

    @cached_property
    def config_digest(self) -> str:
        """Digest of the effective configuration; stands in every capture."""
        return digest_of(
            {
                "settings": self.settings.model_dump_json(),
                "platforms": {name: platform.model_dump_json() for name, platform in self.platforms.items()},
                "programmes": {name: programme.model_dump_json() for name, programme in self.programmes.items()},
            }
        )

    @cached_property
    def store(self) -> Store:
        """Sealed bytes and the evidence log."""
        return open_store(self.home.store, key_dir=self.home.keys, clock=self.clock, ids=self.ids)

    @property
    def is_demo(self) -> bool:
        """Whether everything here is a demonstration."""
        return self.store.kind == "demo"

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, at the schema of this code."""
        ledger = Ledger.open(self.home.ledger)
        ledger.migrate()
        return ledger

    @cached_property
    def extractor(self) -> GenericExtractor:
        """Reads stored pages."""
        return _extractor(self.platforms)

    @cached_property
    def reader(self) -> StoreReader:
        """Reads stored bytes back."""
        return StoreReader(self.store, lookup=self._sealed)

    @cached_property
    def species(self) -> SpeciesIndex:
        """The shipped species lists."""
        return species_index()

    @cached_property
    def matcher(self) -> Matcher:
        """Finds the terms of the shipped lists."""
        from classifiers.matcher import LexiconMatcher

        return LexiconMatcher(self.species)

    @cached_property
    def assessor(self) -> Assessor:
        """Judges listings; raises when the model is missing."""
        from classifiers.assessor import RuleAssessor

        return RuleAssessor(self.species, today=lambda: self.clock().date(), threshold=self.settings.threshold)

    @cached_property
    def index(self) -> ListingIndex:
        """The engine that the settings name."""
        from indexer.open import IndexSettings, open_index

        wanted = self.settings.index
        password = None
        if wanted.password_env is not None:
            password = os.environ.get(wanted.password_env)
            if password is None:
                raise ConfigurationError(f"the environment variable {wanted.password_env} is not set", field="index.password_env")
        return open_index(
            IndexSettings(
                engine=wanted.engine,
                path=self.home.index,
                hosts=wanted.hosts,
                prefix=wanted.prefix,
                user=wanted.user,
                password=password,
                ca_file=wanted.ca_file,
            )
        )

    def stages(self) -> list[Stage]:
        """The stages in the order in which they run."""
        from marketwarden.stages.absorb import AbsorbStage
        from marketwarden.stages.assess import AssessStage
        from marketwarden.stages.extract import ExtractStage
        from marketwarden.stages.index import IndexStage
        from marketwarden.stages.match import MatchStage
        from marketwarden.stages.outbox import OutboxStage
        from marketwarden.stages.queue import QueueStage

        batch = self.settings.crawl.batch
        lease = Lease(holder=self.holder, batch=batch)
        ledger, clock, ids = self.ledger, self.clock, self.ids
        return [
            AbsorbStage(ledger=ledger, store=self.store, limit=1000),
            ExtractStage(
                ledger=ledger, reader=self.reader, extractor=self.extractor, platforms=self.platforms,
                pseudonym_key=self.home.pseudonym_key(), clock=clock, ids=ids, lease=lease,
            ),
            MatchStage(ledger=ledger, load=lambda: self.matcher, clock=clock, ids=ids, lease=lease),
            AssessStage(
                ledger=ledger, load=lambda: self.assessor, matcher_version=lambda: self.matcher.version, clock=clock, ids=ids, lease=lease
            ),
            QueueStage(
                ledger=ledger, store=self.store, assessor_version=lambda: self.assessor.version, clock=clock, ids=ids, lease=lease
            ),
            OutboxStage(ledger=ledger, store=self.store, lease=lease, clock=clock, limit=500),
            IndexStage(
                ledger=ledger, load=lambda: self.index, log=self.store.id, demo=self.is_demo, clock=clock, ids=ids, limit=500
            ),
        ]  # fmt: skip

    def run(self, *, progress: StageProgress = lambda _stage, _done: None) -> list[StageReport]:
        """Do what is pending, stage by stage."""
        self.free_dead_leases()
        return run_stages(self.stages(), progress=progress)

    def free_dead_leases(self) -> None:
        """What a killed process of this machine held is free at once."""
        with self.ledger.write() as conn:
            leases.drop_dead(conn, host=_host(), is_alive=_is_alive)

    def run_only(self, name: str) -> StageReport:
        """Run one stage."""
        stage = next(stage for stage in self.stages() if stage.name == name)
        return run_stage(stage, progress=lambda _stage, _done: None)

    def new_sealer(self) -> GroupSealer:
        """A sealer for this process."""
        from evidence.sealer import GroupSealer

        return GroupSealer(self.store, config=self.config_digest, software=f"marketwarden {VERSION}")

    def new_door(self, platform: Platform) -> Door:
        """The one door, as wide as the platform file says."""
        from crawlers.door.address import AddressPolicy
        from crawlers.door.door import Door
        from crawlers.door.limits import Limits
        from crawlers.door.politeness import Politeness
        from crawlers.settings import MAX_REDIRECTS

        caps = self.settings.limits
        return Door(
            clock=self.clock,
            policy=AddressPolicy(allow_loopback=platform.allow_loopback),
            limits=Limits(
                max_body=caps.body_bytes, max_header_bytes=caps.header_bytes, total_seconds=caps.total_seconds, max_redirects=MAX_REDIRECTS
            ),
            politeness=Politeness(
                delay=platform.delay_seconds, concurrency=platform.concurrency, max_requests=platform.budget.requests,
                max_bytes=platform.budget.bytes,
            ),
            user_agent=self.settings.user_agent,
            host_map=self.settings.host_map if platform.allow_loopback else None,
        )  # fmt: skip

    def new_renderer(self, context: CrawlContext) -> Renderer:
        """A browser whose every byte goes through the door; it starts when first needed."""
        from crawlers.browser.renderer import Renderer, RenderLimits
        from marketwarden.machine import find_browser

        limits = RenderLimits(total_seconds=self.settings.limits.render_seconds)
        return Renderer(context, clock=self.clock, limits=limits, chromium=find_browser(), may_create_user=self.is_demo)

    def child_environment(self) -> dict[str, str]:
        """Environment of a child process: ours, with the checkout importable."""
        environment = dict(os.environ)
        environment.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")
        launcher = str(Path(__file__).resolve().parents[1])
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [launcher, environment.get("PYTHONPATH", "")]))
        return environment

    def _sealed(self, capture: int) -> Sealed:
        from ledger import captures

        with self.ledger.read() as conn:
            return captures.get_sealed(conn, [capture])[0]

    def close(self) -> None:
        """Release what was opened."""
        for name in ("ledger", "index"):
            if name in self.__dict__:
                self.__dict__[name].close()
