"""Real Chromium behind the door."""

from __future__ import annotations

import asyncio
import os
import shutil
import ssl
from pathlib import Path

import pytest
import trustme

from crawlers.browser.chromium import find_chromium
from crawlers.browser.renderer import Renderer, RenderLimits
from crawlers.context import CrawlContext
from crawlers.door.address import AddressPolicy
from crawlers.door.door import Door
from crawlers.door.limits import Limits
from crawlers.door.politeness import Politeness
from domain.capture import CaptureOutcome, RobotsDecision, Role
from domain.clock import system_clock
from domain.errors import EnvironmentMissing, StoreFull

from .conftest import MemorySealer, serving


def _has_chromium() -> bool:
    try:
        find_chromium()
    except EnvironmentMissing:
        return False
    return True


pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not _has_chromium(), reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

DRAWN = b"""<!doctype html><title>Shop</title><ul id=l></ul><script>
fetch('/api').then(r => r.json()).then(items => {
  for (const i of items) { const li = document.createElement('li'); li.textContent = i; l.append(li); }
});
</script><div id=h></div><script>
h.attachShadow({mode: 'open'}).innerHTML = '<p>in the shadow</p>'; alert('stop'); window.open('/popup');
</script>"""

LIAR = b"""<script>
Document.prototype.querySelectorAll = XMLSerializer = null;
Object.defineProperty(document.documentElement, 'outerHTML', {get() { return 'LIE' }});
</script><p>truth"""


def http(body: bytes, kind: bytes = b"text/html; charset=utf-8") -> bytes:
    """A complete response."""
    return b"HTTP/1.1 200 Fine\r\nX-Odd:  Yes\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, len(body)) + body


def routes(table: dict[bytes, bytes], log: list[bytes] | None = None):
    """Answer by path."""

    async def behave(head, writer):
        path = head.split()[1]
        answer = table.get(path, b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
        if log is not None:
            log.append(path)
        writer.write(answer)

    return behave


def render(behave, *, path="/", limits=None, check=None, tls=None, ca_file=None, sealer=None, scheme="http"):
    """Serve, render one page; loopback opens on the server's own port only."""
    sealer = sealer or MemorySealer()

    async def run():
        async with serving(behave, keep=True, tls=tls) as server:
            door = Door(
                clock=system_clock, policy=AddressPolicy(allow_loopback=True, loopback_ports=frozenset({server.port})),
                limits=Limits(total_seconds=10), politeness=Politeness(), user_agent="Mozilla/5.0 MarketwardenTest/1",
                host_map={"shop.example": f"127.0.0.1:{server.port}"}, ca_file=ca_file,
            )  # fmt: skip
            context = CrawlContext(door=door, sealer=sealer, platform="shop", draw=3)
            async with Renderer(context, clock=system_clock, limits=limits, may_create_user=os.environ.get("CI") == "true") as renderer:
                try:
                    rendered = await renderer.render(
                        f"{scheme}://shop.example{path}", draw=3, platform="shop", robots=RobotsDecision.ALLOWED
                    )
                    extra = await check(renderer) if check else None
                finally:
                    await door.close()
            return rendered, extra

    try:
        rendered, extra = asyncio.run(run())
    except EnvironmentMissing as missing:
        pytest.skip(str(missing))
    return rendered, sealer, extra


def by_path(sealer, path: str):
    """Sealed exchanges whose address ends so."""
    return [
        (exchange, sealed.capture) for exchange, sealed in sealer.sealed if not isinstance(exchange, bytes) and exchange.url.endswith(path)
    ]


def _seccomp() -> list[str]:
    modes = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
                status = (entry / "status").read_text()
            except OSError:
                continue
            if b"--type=renderer" in command and b"chrom" in command:
                assert b"--no-sandbox" not in command
                modes.append(next(line.split()[1] for line in status.splitlines() if line.startswith("Seccomp:")))
    return modes


def test_a_page_drawn_by_script_is_kept_as_served_and_as_seen():
    """Served bytes are exact, the DOM has the drawn items, the picture is a PNG, and the sandbox is on."""
    table = {b"/": http(DRAWN), b"/api": http(b'["ivory tusk","pangolin scales"]', b"application/json")}

    async def check(renderer):
        page = await renderer._browser.new_page()
        try:
            return await asyncio.to_thread(_seccomp)
        finally:
            await page.close()

    rendered, sealer, modes = render(routes(table), check=check)

    assert (rendered.outcome, rendered.detail) == (CaptureOutcome.OK, "")
    ((main, page),) = by_path(sealer, "shop.example/")
    assert main.response == table[b"/"]
    assert main.request.startswith(b"GET / HTTP/1.1\r\nHost: shop.example\r\n")
    assert (page.role, page.robots, page.id) == (Role.PAGE, RobotsDecision.ALLOWED, rendered.page.capture.id)
    ((api, sub),) = by_path(sealer, "/api")
    assert api.response == table[b"/api"]
    assert (sub.role, sub.parent) == (Role.SUBRESOURCE, page.id)
    assert "<li>ivory tusk</li><li>pangolin scales</li>" in rendered.html
    assert '<template shadowrootmode="open"><p>in the shadow</p></template>' in rendered.html
    resources = {sealed.capture.role: (data, sealed.capture) for data, sealed in sealer.sealed if isinstance(data, bytes)}
    assert resources[Role.DOM][0].decode() == rendered.html
    assert resources[Role.SCREENSHOT][0][:8] == b"\x89PNG\r\n\x1a\n"
    assert {capture.parent for _, capture in resources.values()} == {page.id}
    assert modes
    assert set(modes) == {"2"}


def test_https_is_verified_by_the_door_and_shown_to_the_browser(tmp_path):
    """A verified server is rendered with its real chain on record; an unverified one is tls_failed and shows nothing."""
    root, other = trustme.CA(), trustme.CA()
    root.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    seen = {}
    for name, issuer in (("good", root), ("bad", other)):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        issuer.issue_cert("shop.example").configure_cert(context)
        table = routes({b"/": http(b"<h1>over TLS</h1><script>document.body.append(location.protocol)</script>")})
        seen[name] = render(table, tls=context, ca_file=tmp_path / "ca.pem", scheme="https")

    good, good_sealer, _ = seen["good"]
    assert good.outcome is CaptureOutcome.OK
    assert "https:</body>" in good.html
    assert good_sealer.exchanges()[0].tls.chain
    assert seen["bad"][0].outcome is CaptureOutcome.TLS_FAILED


def test_nothing_reaches_an_address_past_the_door():
    """A page that asks for metadata services and other loopback ports gets refusals, each on record."""
    reached = []
    page = b"""<script>Promise.allSettled(['http://169.254.169.254/latest/meta', 'http://127.0.0.1:PORT/steal', 'http://localhost:PORT/steal']
      .map(u => fetch(u, {mode: 'no-cors'})));
      try { new WebSocket('ws://127.0.0.1:PORT/ws') } catch (e) {} new Image().src = 'http://[::1]:PORT/i';</script>"""

    async def answer(reader, writer):
        reached.append(await reader.read(100))
        writer.close()

    table: dict[bytes, bytes] = {}
    holder = {}

    async def behave(head, writer):
        if "other" not in holder:
            holder["other"] = await asyncio.start_server(answer, "127.0.0.1", 0)
            port = holder["other"].sockets[0].getsockname()[1]
            table[b"/"] = http(page.replace(b"PORT", b"%d" % port))
        await routes(table)(head, writer)

    async def close_other(_):
        holder["other"].close()

    rendered, sealer, _ = render(behave, check=close_other)

    assert rendered.outcome is CaptureOutcome.OK
    refused = [
        capture.url for _, capture in ((e, s.capture) for e, s in sealer.sealed) if capture.outcome is CaptureOutcome.ADDRESS_REFUSED
    ]
    assert {url.split("/")[2].partition(":")[0] for url in refused} >= {"169.254.169.254", "127.0.0.1"}
    assert reached == []


def test_a_redirect_keeps_both_captures_and_the_last_is_the_page():
    """Each hop is a page; the target's parent is the redirect; the DOM hangs on the target."""
    table = {b"/": b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n", b"/next": http(b"<p>here")}
    rendered, sealer, _ = render(routes(table))

    ((_, first),), ((_, second),) = by_path(sealer, "shop.example/"), by_path(sealer, "/next")
    assert (first.role, second.role, second.parent) == (Role.PAGE, Role.PAGE, first.id)
    assert rendered.page.capture.id == second.id
    assert rendered.dom.capture.parent == second.id
    assert rendered.final_url == "http://shop.example/next"


@pytest.mark.parametrize(
    ("body", "outcomes"),
    [
        (b"<script>while (true) {}</script>", {CaptureOutcome.RENDER_FAILED}),
        (b"<p>x<script>document.body.innerHTML = 'y'.repeat(200000)</script>", {CaptureOutcome.TRUNCATED_LENGTH}),
        (b"<div style='height:9000000px'>tall</div>", {CaptureOutcome.OK}),
        (LIAR, {CaptureOutcome.OK}),
    ],
)
def test_hostile_pages_end_typed(body, outcomes):
    """A hung page, a huge DOM, a page miles high and one that lies about its DOM neither hang nor deceive."""
    rendered, _, _ = render(
        routes({b"/": http(body)}), limits=RenderLimits(total_seconds=6, settle_seconds=1, max_dom=100_000, max_height=3000)
    )

    assert rendered.outcome in outcomes
    assert rendered.page is not None
    assert len(rendered.html) <= 100_000
    assert "LIE" not in rendered.html.partition("<p>truth")[2]
    assert ("truth" in rendered.html) == (b"truth" in body)


def test_a_server_that_answers_nothing_useful_is_typed():
    """Garbage in place of HTTP ends as what the door saw."""
    rendered, sealer, _ = render(routes({b"/": b"\x00garbage"}))

    assert rendered.outcome is CaptureOutcome.BAD_RESPONSE
    assert (rendered.dom, rendered.screenshot, rendered.html) == (None, None, "")
    assert rendered.page is not None
    assert sealer.exchanges()[0].response == b"\x00garbage"


def test_a_download_is_no_page():
    """A file is kept as served; there is no DOM to keep."""
    rendered, sealer, _ = render(routes({b"/": http(b"PK\x03\x04", b"application/zip")}))

    assert rendered.outcome is CaptureOutcome.RENDER_FAILED
    assert (rendered.dom, rendered.status) == (None, 200)
    assert sealer.exchanges()[0].body == b"PK\x03\x04"


def test_a_picture_that_never_ends_does_not_cost_the_page():
    """DOM and picture are kept although a sub-resource hangs."""
    table = routes({b"/": http(b"<p>offer</p><img src=/never>")})

    async def behave(head, writer):
        if head.split()[1] == b"/never":
            await asyncio.sleep(30)
        await table(head, writer)

    rendered, _, _ = render(behave, limits=RenderLimits(total_seconds=9, settle_seconds=1))

    assert rendered.outcome is CaptureOutcome.OK
    assert "offer" in rendered.html
    assert rendered.screenshot is not None


def test_a_lost_browser_is_started_again_and_pages_do_not_mix():
    """After the browser is gone, pages rendered at the same time each keep their own captures."""
    table = {b"/": http(b"first")} | {b"/%d" % n: http(b"<p>page %d</p><script src=/%d.js></script>" % (n, n)) for n in range(3)}

    async def check(renderer):
        await renderer._browser.close()
        paths = [f"http://shop.example/{n}" for n in range(3)]
        return await asyncio.gather(
            *(renderer.render(url, draw=n, platform="shop", robots=RobotsDecision.ALLOWED) for n, url in enumerate(paths))
        )

    _, sealer, pages = render(routes(table), check=check)

    for number, page in enumerate(pages):
        assert (page.outcome, page.page.capture.url) == (CaptureOutcome.OK, f"http://shop.example/{number}")
        assert f"page {number}" in page.html
        ((_, script),) = by_path(sealer, f"/{number}.js")
        assert (script.draw, script.parent) == (number, page.page.capture.id)


def test_a_store_that_refuses_ends_the_rendering():
    """When a page cannot be sealed it is not shown, and the fault is raised."""

    class Full(MemorySealer):
        async def seal_exchange(self, exchange, **kw):
            raise StoreFull("no space left")

    with pytest.raises(StoreFull):
        render(routes({b"/": http(b"x")}), sealer=Full())


def test_setpriv_is_there_where_it_is_needed():
    """Under root the browser runs as somebody else, by setpriv."""
    assert os.geteuid() != 0 or shutil.which("setpriv")
