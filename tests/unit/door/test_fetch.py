"""The door against servers that do everything wrong."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import tracemalloc
import zlib
from itertools import pairwise

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.door.address import AddressPolicy
from crawlers.door.limits import Limits
from crawlers.door.politeness import Politeness
from domain.capture import CaptureOutcome, Exchange
from domain.content_coding import decode_body
from domain.errors import ConfigurationError

from .conftest import door_for, serving

SHORT = Limits(max_body=100_000, max_header_bytes=20_000, idle_seconds=0.3, total_seconds=0.8, connect_seconds=2)


def fetch(answer, *, limits=SHORT, path="/", method="GET", **kw) -> Exchange:
    """One fetch of one server."""

    async def run():
        async with serving(answer) as server, door_for(limits=limits, **kw) as door:
            return await door.fetch(f"http://127.0.0.1:{server.port}{path}", method=method)

    return asyncio.run(run())


ODD = (
    b"HTTP/1.1 200   Sure,  why\xe9 not\r\nsEt-CoOkIe: a=1\r\nSet-Cookie:b=2\r\nX-Latin: caf\xe9\r\nX-Fold: one\r\n  two\r\n"
    b"junk without colon\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
    b"5;ext=\"a b\"\r\nhello\r\n06 \r\n world\r\n0;last\r\nX-T: end\r\n\r\n"
)  # fmt: skip


def test_odd_but_legal_bytes_are_kept_exactly():
    """Odd reason, mixed case, repeats, latin-1, folding, chunk extensions and trailers come back byte for byte."""
    exchange = fetch(ODD)

    assert exchange.outcome is CaptureOutcome.OK
    assert exchange.response == ODD
    assert exchange.body == b"hello world"
    assert exchange.headers[:3] == ((b"sEt-CoOkIe", b"a=1"), (b"Set-Cookie", b"b=2"), (b"X-Latin", b"caf\xe9"))
    assert (b"X-Fold", b"one two") in exchange.headers
    assert exchange.detail == ""


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.0 200 OK\r\n\r\nuntil close", b"until close"),
        (b"HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc", b"abc"),
        (b"HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", b"abc"),
        (b"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n", b"abc"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", b"hi"),
        (b"HTTP/1.1 204 No\r\nContent-Length: 9\r\n\r\n", b""),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nhi", b"hi"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhi there", b"hi there"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=klingon\r\nContent-Length: 1\r\n\r\n\xff", b"\xff"),
    ],
)
def test_lenient_responses_are_ok(answer, body):
    """What browsers accept is complete, and every byte is kept."""
    exchange = fetch(answer)

    assert (exchange.outcome, exchange.body, exchange.response) == (CaptureOutcome.OK, body, answer)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ntoo short", CaptureOutcome.TRUNCATED_DISCONNECT),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\ntoo short", CaptureOutcome.TRUNCATED_DISCONNECT),
        (b"HTTP/1.1 200 OK\r\nContent-Le", CaptureOutcome.TRUNCATED_DISCONNECT),
        (b"", CaptureOutcome.TRUNCATED_DISCONNECT),
        (b"SSH-2.0-OpenSSH_9.2\r\n", CaptureOutcome.BAD_RESPONSE),
        (b"HTTP/1.1 ok 200\r\n\r\n", CaptureOutcome.BAD_RESPONSE),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello", CaptureOutcome.BAD_RESPONSE),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n", CaptureOutcome.BAD_RESPONSE),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;" + b"x" * 30_000, CaptureOutcome.BAD_RESPONSE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 5\r\n\r\nabcde", CaptureOutcome.BAD_RESPONSE),
    ],
)
def test_broken_responses_are_typed_and_kept(answer, outcome):
    """Early close, garbage and broken framing end typed, with a sentence and the bytes that came."""
    exchange = fetch(answer)

    assert (exchange.outcome, exchange.response) == (outcome, answer)
    assert exchange.detail


def test_more_body_than_stated_ends_at_the_stated_length():
    """Bytes behind the stated length are no part of the response, and the connection is not used again."""
    exchange = fetch(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef")

    assert exchange.outcome is CaptureOutcome.OK
    assert exchange.response.endswith(b"\r\n\r\nabc")


async def _endless(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x" * 65536)
        await writer.drain()


async def _endless_chunks(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\nx\r\n" * 1000)
        await writer.drain()


async def _huge_headers(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(5000):
        writer.write(b"X-%d: " % number + b"y" * 1000 + b"\r\n")
        await writer.drain()


@pytest.mark.parametrize("behaviour", [_endless, _endless_chunks])
def test_an_endless_body_is_cut_at_the_cap(behaviour):
    """The body stops at exactly the cap, marked, whatever the framing."""
    exchange = fetch(behaviour)

    assert exchange.outcome is CaptureOutcome.TRUNCATED_LENGTH
    assert len(exchange.response.partition(b"\r\n\r\n")[2]) == SHORT.max_body
    assert len(exchange.body) > 10_000


def test_memory_stays_bounded_on_an_endless_body():
    """Peak memory of a cut response is a small multiple of the cap."""
    limits = Limits(max_body=500_000)
    tracemalloc.start()
    try:
        exchange = fetch(_endless_chunks, limits=limits)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert exchange.outcome is CaptureOutcome.TRUNCATED_LENGTH
    assert peak < 6 * limits.max_body + 2_000_000


def test_five_megabytes_of_headers_are_refused():
    """Headers stop at the cap and are kept until there."""
    exchange = fetch(_huge_headers)

    assert exchange.outcome is CaptureOutcome.HEADERS_TOO_LARGE
    assert len(exchange.response) == SHORT.max_header_bytes


def test_a_slow_drip_is_cut_by_the_total_time():
    """One byte at a time never outlives the total, and what came is kept."""

    async def drip(_, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    exchange = fetch(drip)

    assert exchange.outcome is CaptureOutcome.TRUNCATED_TIME
    assert exchange.body.startswith(b"xx")


def test_silence_is_a_timeout():
    """No byte before the cap is a timeout without a response."""

    async def silent(_, writer):
        await asyncio.sleep(1.5)

    exchange = fetch(silent)

    assert (exchange.outcome, exchange.response) == (CaptureOutcome.TIMEOUT, b"")


def test_keep_alive_uses_one_connection_and_survives_a_stale_one():
    """Requests share a connection; when the server closed it meanwhile, the page is asked for again."""

    async def run():
        async with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", keep=True) as server, door_for() as door:
            url = f"http://127.0.0.1:{server.port}/"
            for _ in range(5):
                assert (await door.fetch(url)).outcome is CaptureOutcome.OK
            assert server.connections == 1
            server.keep = False
            await door.fetch(url)
            await asyncio.sleep(0.05)
            last = await door.fetch(url)
            return server, last

    server, last = asyncio.run(run())

    assert last.outcome is CaptureOutcome.OK
    assert server.connections == 2
    assert server.requests[0].startswith(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:")


def test_the_request_is_recorded_as_sent():
    """Exchange.request is what the server received, and a header cannot break out of its line."""

    async def run():
        async with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as server, door_for() as door:
            good = await door.fetch(f"http://127.0.0.1:{server.port}/a b?ü", headers=[(b"Accept-Language", b"sw")])
            bad = await door.fetch(f"http://127.0.0.1:{server.port}/", headers=[(b"X", b"a\r\nEvil: 1")])
            return server.requests, good, bad

    requests, good, bad = asyncio.run(run())

    assert requests == [good.request]
    assert good.request.startswith(b"GET /a%20b?%C3%BC HTTP/1.1\r\n")
    assert b"\r\nAccept-Language: sw\r\n" in good.request
    assert (bad.outcome, bad.request) == (CaptureOutcome.ADDRESS_REFUSED, b"")


def test_a_name_that_turns_private_the_second_time_is_refused():
    """Every connection resolves and checks anew, so a second answer does not slip through."""
    answers = iter([["127.0.0.1"], ["10.0.0.5"]])

    async def rebinding(host, port):
        return next(answers)

    async def run():
        async with serving(b"HTTP/1.0 200 OK\r\n\r\nx") as server, door_for(resolver=rebinding) as door:
            url = f"http://shop.example:{server.port}/"
            return [await door.fetch(url), await door.fetch(url)]

    first, second = asyncio.run(run())

    assert first.outcome is CaptureOutcome.OK
    assert second.outcome is CaptureOutcome.ADDRESS_REFUSED
    assert "10.0.0.5" in second.detail


def test_one_private_address_among_several_refuses_the_name():
    """A name with a public and a private address is a trap."""

    async def mixed(host, port):
        return ["93.184.216.34", "192.168.1.1"]

    async def run():
        async with door_for(resolver=mixed) as door:
            return await door.fetch("http://shop.example/")

    assert asyncio.run(run()).outcome is CaptureOutcome.ADDRESS_REFUSED


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a/", "http://", "http://[::1", "http://a:99999/", "http://169.254.169.254/latest", "gopher://x",
     "http://127.0.0.1/", "https://[::ffff:10.0.0.1]/", "http://\x00/", "http://" + "a" * 300 + "/", "nonsense"],
)  # fmt: skip
def test_forbidden_urls_are_refused_without_a_socket(url):
    """Other schemes, broken URLs and inner addresses end as address_refused."""

    async def literal(host, port):
        return [host]

    async def run():
        async with door_for(policy=AddressPolicy(), resolver=literal) as door:
            return await door.fetch(url)

    exchange = asyncio.run(run())

    assert (exchange.outcome, exchange.response, exchange.request) == (CaptureOutcome.ADDRESS_REFUSED, b"", b"")


def test_unknown_names_and_closed_ports_are_typed():
    """A name without address and a port without server are told apart."""

    async def unknown(host, port):
        raise OSError("unknown")

    async def run():
        async with serving(b"") as server:
            port = server.port
        async with door_for(resolver=unknown) as door, door_for() as other:
            return await door.fetch("http://nowhere.example/"), await other.fetch(f"http://127.0.0.1:{port}/")

    name, port = asyncio.run(run())

    assert name.outcome is CaptureOutcome.NAME_UNKNOWN
    assert port.outcome is CaptureOutcome.CONNECT_FAILED


def test_the_host_map_serves_a_platform_name_and_needs_loopback(tmp_path):
    """A mapped host is asked under its own name; without an allowed loopback the map is a configuration error."""

    async def run():
        async with serving(b"HTTP/1.0 200 OK\r\n\r\nx") as server, door_for(host_map={"Shop.example": f"127.0.0.1:{server.port}"}) as door:
            return server, await door.fetch("http://shop.example/p")

    server, exchange = asyncio.run(run())

    assert exchange.outcome is CaptureOutcome.OK
    assert b"Host: shop.example\r\n" in server.requests[0]
    with pytest.raises(ConfigurationError):
        asyncio.run(_mapped(AddressPolicy(), "127.0.0.1:80"))
    with pytest.raises(ConfigurationError):
        asyncio.run(_mapped(AddressPolicy(allow_loopback=True), "10.0.0.1:80"))


async def _mapped(policy, where):
    async with door_for(policy=policy, host_map={"a.example": where}):
        pass


def _tls(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_tls_is_verified_and_described(tmp_path):
    """Version, cipher and the whole chain of the very connection come back; keep-alive works."""
    root = trustme.CA()
    middle = root.create_child_ca()
    root.cert_pem.write_to_path(str(tmp_path / "ca.pem"))

    async def run():
        async with (
            serving(ODD, keep=True, tls=_tls(middle, "shop.example")) as server,
            door_for(ca_file=tmp_path / "ca.pem", host_map={"shop.example": f"127.0.0.1:{server.port}"}) as door,
        ):
            return server, [await door.fetch("https://shop.example/") for _ in range(3)]

    server, exchanges = asyncio.run(run())

    assert [exchange.response for exchange in exchanges] == [ODD] * 3
    assert server.connections == 1
    tls = exchanges[0].tls
    assert tls is not None
    assert tls.version == "TLSv1.3"
    assert len(tls.chain) == 2
    assert all(certificate[:1] == b"\x30" for certificate in tls.chain)


@pytest.mark.parametrize("case", ["unknown root", "wrong name", "not tls"])
def test_tls_that_cannot_be_verified_fails_closed(tmp_path, case):
    """An unknown root, another name and plain text on a TLS port are tls_failed, and no request was sent."""
    root = trustme.CA()
    root.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    issuer = trustme.CA() if case == "unknown root" else root
    context = None if case == "not tls" else _tls(issuer, "other.example" if case == "wrong name" else "shop.example")

    async def run():
        async with (
            serving(b"HTTP/1.0 200 OK\r\n\r\n", tls=context) as server,
            door_for(limits=SHORT, ca_file=tmp_path / "ca.pem", host_map={"shop.example": f"127.0.0.1:{server.port}"}) as door,
        ):
            exchange = await door.fetch("https://shop.example/")
            return server.requests, exchange

    requests, exchange = asyncio.run(run())

    expected = {CaptureOutcome.CONNECT_FAILED, CaptureOutcome.TLS_FAILED} if case == "not tls" else {CaptureOutcome.TLS_FAILED}
    assert exchange.outcome in expected
    assert (requests, exchange.response, exchange.request) == ([], b"", b"")
    assert exchange.detail


def test_a_spent_budget_stops_before_the_socket():
    """Requests and bytes have budgets; behind them nothing is sent."""

    async def run(politeness):
        async with serving(b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 100) as server, door_for(politeness=politeness) as door:
            outcomes = [(await door.fetch(f"http://127.0.0.1:{server.port}/")).outcome for _ in range(4)]
            return outcomes, len(server.requests)

    ok, spent = CaptureOutcome.OK, CaptureOutcome.BUDGET_SPENT

    async def both():
        return await run(Politeness(max_requests=3)), await run(Politeness(max_bytes=200))

    by_number, by_bytes = asyncio.run(both())

    assert by_number == ([ok, ok, ok, spent], 3)
    assert by_bytes == ([ok, ok, spent, spent], 2)


def test_starts_are_spaced_by_the_delay_and_crawl_delay_only_grows_it():
    """Paced starts keep their distance on the loop's clock, unpaced ones do not wait."""

    async def run():
        politeness = Politeness(delay=0.01)
        politeness.heed_crawl_delay(0.05)
        politeness.heed_crawl_delay(0.02)
        loop = asyncio.get_running_loop()
        starts = []

        async def one(paced):
            assert await politeness.enter(paced=paced) is None
            starts.append(loop.time())
            politeness.leave(0)

        await asyncio.gather(*(one(True) for _ in range(4)))
        await asyncio.gather(*(one(False) for _ in range(4)))
        return politeness.delay, starts[:4], starts[4:]

    delay, paced, unpaced = asyncio.run(run())

    assert delay == 0.05
    assert all(later - earlier > 0.045 for earlier, later in pairwise(paced))
    assert len(unpaced) == 4


def test_a_cancelled_fetch_leaves_nothing_behind():
    """Cancelling frees the slot and closes the connection."""

    async def silent(_, writer):
        await asyncio.sleep(5)

    async def run():
        politeness = Politeness(concurrency=1)
        async with serving(silent) as server, door_for(politeness=politeness) as door:
            task = asyncio.create_task(door.fetch(f"http://127.0.0.1:{server.port}/"))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await politeness.enter(paced=False) is None

    asyncio.run(run())


PIECES = [
    b"HTTP/1.1 200 OK\r\n",
    b"\r\n",
    b"Content-Length: 5\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"5\r\nhello\r\n",
    b"0\r\n",
    b"HTTP/1.1 100 C\r\n",
]
ANSWERS = st.lists(st.one_of(st.binary(max_size=40), st.sampled_from(PIECES)), max_size=8).map(b"".join)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_any_bytes_end_typed(answer):
    """Whatever a server sends and however it is cut, the fetch ends in an outcome, with a prefix of the bytes."""
    exchange = fetch(answer)

    assert isinstance(exchange.outcome, CaptureOutcome)
    assert answer.startswith(exchange.response)
    assert bool(exchange.detail) == (exchange.outcome is not CaptureOutcome.OK)


def test_a_gzip_bomb_is_cut_when_decoded():
    """Ten megabytes of zeros from ten kilobytes stop at the cap, and the stored body is the small one."""
    bomb = gzip.compress(bytes(10_000_000))
    exchange = fetch(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb) + bomb)
    decoded = decode_body(exchange.headers, exchange.body, max_size=1_000_000)

    assert exchange.body == bomb
    assert (len(decoded.data), decoded.truncated) == (1_000_000, True)


@pytest.mark.parametrize(
    ("coding", "body", "data", "whole"),
    [
        (b"gzip", gzip.compress(b"hello"), b"hello", True),
        (b"GZIP", gzip.compress(b"he") + gzip.compress(b"llo"), b"hello", True),
        (b"deflate", zlib.compress(b"hello"), b"hello", True),
        (b"deflate", zlib.compress(b"hello")[2:-4], b"hello", True),
        (b"deflate, gzip", gzip.compress(zlib.compress(b"hello")), b"hello", True),
        (b"identity", b"hello", b"hello", True),
        (b"gzip", b"hello", b"hello", False),
        (b"br", b"hello", b"hello", False),
        (b"gzip", gzip.compress(b"hello")[:-6], b"hello", False),
        (b"gzip", gzip.compress(b"hello") + b"junk", b"hello", False),
        (b"gzip,gzip,gzip,gzip,gzip", b"x", b"x", False),
        (b"gzip", gzip.compress(b"") * 3000, b"", False),
    ],
)
def test_content_coding_is_removed_or_said_to_be_wrong(coding, body, data, whole):
    """What decodes is decoded; what does not keeps its bytes and names the problem."""
    decoded = decode_body([(b"Content-Encoding", coding)], body, max_size=1000)

    assert decoded.data == data
    assert (decoded.problem == "") == whole


@given(st.sampled_from([b"gzip", b"deflate", b"gzip, deflate"]), st.binary(max_size=300), st.integers(0, 50))
def test_decoding_never_raises_nor_exceeds_the_cap(coding, body, cap):
    """Any bytes under any coding give at most the cap."""
    assert len(decode_body([(b"content-encoding", coding)], body, max_size=cap).data) <= cap
