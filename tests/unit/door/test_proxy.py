"""The browser's proxy, spoken to by hand."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime

from crawlers.browser.authority import Authority
from crawlers.browser.proxy import CaptureProxy, refuse_everything
from domain.capture import CaptureOutcome, Exchange
from domain.clock import system_clock

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def exchange_of(url: str, *, body: bytes = b"", outcome: CaptureOutcome = CaptureOutcome.OK, status: int | None = 200) -> Exchange:
    """What a door might have returned."""
    headers = (
        (b"Content-Encoding", b"gzip"),
        (b"Set-Cookie", b"a=1"),
        (b"Set-Cookie", b"b=2"),
        (b"Alt-Svc", b"h3"),
        (b"Content-Length", b"99"),
    )
    return Exchange(
        url=url, method="GET", request=b"", response=b"", outcome=outcome, detail="Said\r\nso.", status=status, headers=headers, body=body,
        peer=None, tls=None, started=NOW, ended=NOW,
    )  # fmt: skip


async def speak(proxy: CaptureProxy, *requests: bytes) -> bytes:
    """Write, close our side, read all."""
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    answers = b""
    for request in requests:
        writer.write(request)
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
        answers += head + await reader.readexactly(length)
    writer.close()
    return answers


def test_requests_reach_the_fetcher_whole_and_answers_are_framed_anew():
    """URL, method, header case and body arrive; hop-by-hop fields stay behind; the connection carries several requests."""
    seen = []

    async def fetch(url, method, headers, body):
        seen.append((url, method, headers, body))
        return exchange_of(url, body=b"12345")

    async def run():
        async with CaptureProxy(fetch, Authority(system_clock)) as proxy:
            post = b"POST http://a.example/p?q HTTP/1.1\r\nHost: a.example\r\nX-CaSe: 1\r\nContent-Length: 3\r\n\r\nabc"
            return await speak(proxy, post, post)

    answer = asyncio.run(run())

    assert [(url, method, body) for url, method, _, body in seen] == [("http://a.example/p?q", "POST", b"abc")] * 2
    assert (b"X-CaSe", b"1") in seen[0][2]
    assert answer.count(b"Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n") == 2
    assert b"Content-Encoding: gzip" in answer
    assert b"Alt-Svc" not in answer
    assert answer.endswith(b"Content-Length: 5\r\n\r\n12345")


def test_what_is_not_served_is_said_in_a_502():
    """Outcomes without a response, web sockets, odd methods and the browser's own traffic are refused with the reason."""

    async def fetch(url, method, headers, body):
        return exchange_of(url, outcome=CaptureOutcome.ADDRESS_REFUSED, status=None)

    async def run():
        authority = Authority(system_clock)
        async with CaptureProxy(fetch, authority) as proxy, CaptureProxy(refuse_everything, authority) as background:
            refused = await speak(proxy, b"GET http://a.example/ HTTP/1.1\r\nHost: a\r\n\r\n")
            socket = await speak(proxy, b"GET http://a.example/ HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
            method = await speak(proxy, b"TRACE http://a.example/ HTTP/1.1\r\nHost: a\r\n\r\n")
            own = await speak(background, b"GET http://update.example/ HTTP/1.1\r\nHost: a\r\n\r\n")
            return refused, socket, method, own

    refused, socket, method, own = asyncio.run(run())

    assert refused.startswith(b"HTTP/1.1 502 ")
    assert b"X-Marketwarden-Outcome: address_refused\r\nX-Marketwarden-Detail: Said  so.\r\n" in refused
    assert b"Outcome: upgrade" in socket
    assert b"Outcome: method" in method
    assert b"Outcome: refused" in own


def test_a_tunnel_ends_in_the_proxy_under_its_one_key():
    """Inside CONNECT the proxy speaks TLS with a certificate of the host, and the URL is an https one."""
    seen = []

    async def fetch(url, method, headers, body):
        seen.append(url)
        return exchange_of(url, body=b"ok")

    async def run():
        async with CaptureProxy(fetch, Authority(system_clock)) as proxy:
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write(b"CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n")
            await reader.readuntil(b"\r\n\r\n")
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            await writer.start_tls(context, server_hostname="a.example")
            writer.write(b"GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n")
            answer = await reader.readuntil(b"ok")
            writer.close()
            return answer

    assert b"200 Served" in asyncio.run(run())
    assert seen == ["https://a.example/x"]


def test_junk_on_the_proxy_harms_nobody():
    """What is not HTTP closes that connection only."""

    async def run():
        async with CaptureProxy(refuse_everything, Authority(system_clock)) as proxy:
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write(b"\x16\x03\x01junk\r\n\r\n")
            assert await asyncio.wait_for(reader.read(), 5) == b""
            writer.close()
            return await speak(proxy, b"GET http://a.example/ HTTP/1.1\r\nHost: a\r\n\r\n")

    assert asyncio.run(run()).startswith(b"HTTP/1.1 502 ")
