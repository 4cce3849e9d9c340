"""The real pages of the shared data, served under their platforms' names, crawled by the real spider."""

from __future__ import annotations

import csv
import gzip
import os
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from domain.capture import Role
from domain.clock import system_clock
from domain.sampling import Draw, Purpose
from evidence.reader import StoreReader
from ledger import captures, draws
from marketwarden.bootstrap import create_home, open_house
from marketwarden.crawl import crawl_due
from tests.e2e.conftest import ROOT

SHARED = Path(os.environ.get("MARKETWARDEN_SHARED", ROOT.parent / "shared")) / "pages"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.browser,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared pages are not here"),
]
KINDS = {"listing": "listing", "search": "search", "thread": "thread", "channel": "channel", "js_shell": "shell"}


class PageServer(ThreadingHTTPServer):
    """Serves one page per host and remembers the exact bytes that it sent."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.sent: dict[str, bytes] = {}
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The host's page at /page; nothing else is there."""
        host = (self.headers["Host"] or "").split(":")[0]
        body = self.server.pages.get(host) if self.path == "/page" else None
        if body is None:
            message = b"HTTP/1.1 404 Not here\r\nContent-Length: 0\r\n\r\n"
        else:
            packed = gzip.compress(body, mtime=0)
            message = (
                b"HTTP/1.1 200 OK\r\nX-Odd:  two  spaces\r\nContent-type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
                b"Transfer-Encoding: chunked\r\n\r\n%x;odd=1\r\n%s\r\n0\r\nTrailer-Field: yes\r\n\r\n" % (len(packed), packed)
            )
            self.server.sent[host] = message
        self.wfile.write(message)

    def log_message(self, *_args: object) -> None:
        """Quiet."""


def index_rows() -> list[dict[str, str]]:
    """The pages with what a person read off them."""
    with (SHARED / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def host_of(row: dict[str, str]) -> str:
    """A host of its own for each page."""
    return re.sub(r"[^a-z0-9]+", "-", row["file"].removesuffix(".html").lower()).strip("-") + ".example"


@pytest.fixture(scope="module")
def server() -> Iterator[PageServer]:
    """All pages on one port."""
    pages = {host_of(row): gzip.decompress((SHARED / (row["file"] + ".gz")).read_bytes()) for row in index_rows()}
    served = PageServer(pages)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()
    served.server_close()


def test_every_page_is_sealed_as_it_was_served_and_known_for_what_it_is(server: PageServer, tmp_path: Path) -> None:
    """Stored response bytes equal the served bytes, chunk extension, trailer and gzip included, and the kinds are right."""
    home = create_home(tmp_path / "home", kind="demo")
    rows = index_rows()
    hosts = {host_of(row): f"127.0.0.1:{server.server_port}" for row in rows}
    home.settings_file.write_text(yaml.safe_dump({"host_map": hosts}), encoding="utf-8")
    for host in hosts:
        platform = {
            "id": host.removesuffix(".example"), "name": host, "base_url": f"http://{host}", "lawful_basis": "Test on loopback.",
            "terms_reviewed": "2026-01-01", "delay_seconds": 0, "allow_loopback": True, "demo": True,
        }  # fmt: skip
        (home.overlay("platforms") / f"{platform['id']}.yml").write_text(yaml.safe_dump(platform), encoding="utf-8")
    with open_house(tmp_path / "home") as house:
        with house.ledger.write() as conn:
            for host in hosts:
                draws.add_draw(
                    conn,
                    Draw(
                        id=house.ids(), programme="test", purpose=Purpose.SURVEY, arm="core", platform=host.removesuffix(".example"),
                        term=None, url=f"http://{host}/page", inclusion_probability=1.0, due=system_clock(), max_pages=1, max_items=1,
                    ),
                )  # fmt: skip
        crawls = crawl_due(house, progress=lambda _platform, _done, _pages: None)
        house.run_only("absorb")
        assert [crawl for crawl in crawls if crawl.failed] == []
        reader = StoreReader(house.store, lookup=lambda _capture: pytest.fail("no revisits here"))
        with house.ledger.read() as conn:
            ids = [each for day in {system_clock().date()} for each in captures.captures_on(conn, day)]
            sealed = captures.get_sealed(conn, ids)
        pages = {
            each.capture.platform + ".example": each for each in sealed if each.capture.role is Role.PAGE and each.capture.status == 200
        }
        wrong = [host for host, message in server.sent.items() if reader.block(pages[host], 0) != message]
        kinds = {}
        for row in rows:
            page = pages[host_of(row)]
            body = reader.payload(page)
            read = house.extractor.extract(
                body, url=page.capture.url, platform=page.capture.platform, media_type=page.capture.media_type, status=200, at=None
            )
            kinds[row["file"]] = (KINDS[row["kind"]], str(read.kind))

    assert set(hosts) == set(server.sent)
    assert wrong == []
    assert {file: pair for file, pair in kinds.items() if pair[0] != pair[1]} == {}
