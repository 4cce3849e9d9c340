"""Renders one page in a fresh context of a shared Chromium, and seals what was served, the DOM and the picture."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urldefrag

from playwright.async_api import Browser, BrowserContext, Dialog, Error, Page, Playwright, async_playwright

from crawlers.browser.authority import Authority
from crawlers.browser.chromium import FLAGS, find_chromium, unprivileged_user, write_launcher
from crawlers.browser.proxy import CaptureProxy, refuse_everything
from crawlers.browser.snapshot import read_dom, take_picture
from crawlers.browser.tap import PageTap
from crawlers.context import CrawlContext
from domain.capture import CaptureOutcome, RobotsDecision, Role, Sealed
from domain.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderLimits:
    """Caps of one rendering."""

    total_seconds: float = 60.0
    settle_seconds: float = 8.0
    """Longest wait for a page to fall quiet after it has loaded."""
    quiet_seconds: float = 0.5
    """No request for so long is quiet."""
    max_dom: int = 8 * 1024 * 1024
    """Characters of the serialised DOM."""
    width: int = 1280
    max_height: int = 16_000
    """CSS pixels of the picture; Chromium draws blank beyond 16,384."""
    max_png: int = 32 * 1024 * 1024
    max_requests: int = 400
    """Requests of one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What came of it. Parts that could not be had are None; `outcome` is ok only if all are there."""

    page: Sealed | None
    dom: Sealed | None
    screenshot: Sealed | None
    html: str
    final_url: str
    status: int | None
    outcome: CaptureOutcome
    detail: str


class Renderer:
    """One browser for the pages of a crawl. `async with`, or `start` and `close`."""

    def __init__(
        self,
        context: CrawlContext,
        *,
        clock: Clock,
        limits: RenderLimits | None = None,
        chromium: Path | None = None,
        locale: str = "en-GB",
        timezone: str = "UTC",
        may_create_user: bool = False,
    ) -> None:
        self._context = context
        self._limits = limits or RenderLimits()
        self._authority = Authority(clock)
        self._chromium = chromium
        self._locale = locale
        self._timezone = timezone
        self._may_create_user = may_create_user
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._background = CaptureProxy(refuse_everything, self._authority)
        self._starting = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Start the browser."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it."""
        await self.close()

    async def start(self) -> None:
        """Start the browser; raises EnvironmentMissing when there is none or it has no user to run as."""
        executable = self._chromium or find_chromium()
        if os.geteuid() == 0:
            user = unprivileged_user(create=self._may_create_user)
            self._folder = tempfile.TemporaryDirectory(prefix="marketwarden-browser-")
            executable = write_launcher(executable, Path(self._folder.name), user)
        self._chromium = executable
        await self._background.__aenter__()
        self._playwright = await async_playwright().start()
        await self._launched()

    async def close(self) -> None:
        """Close the browser and what belongs to it."""
        if self._browser is not None:
            await _within(10, self._browser.close())
        if self._playwright is not None:
            await self._playwright.stop()
        await self._background.__aexit__()
        if self._folder is not None:
            self._folder.cleanup()

    async def render(self, url: str, *, draw: int, platform: str, robots: RobotsDecision) -> Rendered:
        """Render one URL. Never raises for what a page does; the store's refusal is raised as it is.

        Raises IntegrityError, after remembering it as the crawl's fault.
        """
        tap = PageTap(self._context, draw=draw, platform=platform, robots=robots, max_requests=self._limits.max_requests)
        view = _View(tap=tap, url=url, limits=self._limits)
        try:
            async with CaptureProxy(tap.fetch, self._authority) as proxy:
                browser = await self._launched()
                context = await self._new_context(browser, proxy.port)
                try:
                    async with asyncio.timeout(self._limits.total_seconds):
                        await view.read(context)
                except TimeoutError:
                    view.fail(
                        CaptureOutcome.TIMEOUT if tap.page is None else CaptureOutcome.RENDER_FAILED, "The page was not rendered in time."
                    )
                finally:
                    if not await _within(5, context.close()):
                        await self._drop()
        except Error as error:
            view.fail(CaptureOutcome.RENDER_FAILED, f"The browser gave up: {error.message.splitlines()[0][:200]}")
        if self._context.fault is not None:
            raise self._context.fault
        return await view.sealed(self._context, draw=draw, platform=platform)

    async def _launched(self) -> Browser:
        """The browser; a new one when it crashed or had to be dropped."""
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                assert self._playwright is not None
                self._browser = await self._playwright.chromium.launch(
                    executable_path=self._chromium,
                    chromium_sandbox=True,
                    args=[*FLAGS, f"--ignore-certificate-errors-spki-list={self._authority.spki}"],
                    proxy={"server": f"http://127.0.0.1:{self._background.port}"},
                    timeout=30_000,
                )
            return self._browser

    async def _drop(self) -> None:
        """A browser that does not close a page is ended whole."""
        browser, self._browser = self._browser, None
        if browser is not None:
            await _within(10, browser.close())

    async def _new_context(self, browser: Browser, port: int) -> BrowserContext:
        return await browser.new_context(
            proxy={"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"},
            user_agent=self._context.door.user_agent,
            viewport={"width": self._limits.width, "height": 900},
            locale=self._locale,
            timezone_id=self._timezone,
            service_workers="block",
            accept_downloads=False,
            permissions=[],
        )


class _View:
    """One page on its way: collects what can be had, remembers what could not."""

    def __init__(self, *, tap: PageTap, url: str, limits: RenderLimits) -> None:
        self._tap = tap
        self._limits = limits
        self._outcome: CaptureOutcome | None = None
        self._detail = ""
        self._html = ""
        self._png = b""
        self._url = url

    def fail(self, outcome: CaptureOutcome, detail: str) -> None:
        """The first thing that went wrong counts."""
        if self._outcome is None:
            self._outcome, self._detail = outcome, detail

    async def read(self, context: BrowserContext) -> None:
        """Load, wait until quiet, read DOM and picture."""
        page = await context.new_page()
        context.on("page", _close_popup)
        page.on("dialog", _dismiss)
        page.set_default_timeout(self._limits.total_seconds * 1000)
        problem = ""
        try:
            # Not "load": one sub-resource that never ends must not cost the page; `_settle` waits for the rest.
            await page.goto(self._url, wait_until="domcontentloaded", timeout=self._limits.total_seconds * 1000)
        except Error as error:
            problem = error.message.splitlines()[0][:200]
        served = self._tap.served
        if served is not None and served.status is None:
            # What the browser shows now is the proxy's refusal, which is nobody's page.
            self.fail(served.outcome, served.detail)
        elif problem or served is None:
            self.fail(CaptureOutcome.RENDER_FAILED, f"The browser could not open the page: {problem or 'nothing was asked for'}")
        else:
            await self._settle()
            await self._collect(context, page)

    async def _settle(self) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._limits.settle_seconds
        while self._tap.quiet_for() < self._limits.quiet_seconds and loop.time() < deadline:
            await asyncio.sleep(0.05)

    async def _collect(self, context: BrowserContext, page: Page) -> None:
        served = self._tap.served
        if served is not None and served.outcome is not CaptureOutcome.OK:
            self.fail(served.outcome, served.detail)
        try:
            snapshot = await read_dom(context, page, max_characters=self._limits.max_dom)
        except ValueError as error:
            self.fail(CaptureOutcome.RENDER_FAILED, f"No DOM: {error}.")
            return
        self._html, self._url = snapshot.html, snapshot.url
        if snapshot.truncated:
            self.fail(CaptureOutcome.TRUNCATED_LENGTH, f"The DOM is longer than {self._limits.max_dom} characters.")
        height = max(1, min(snapshot.height, self._limits.max_height))
        png = await take_picture(page, width=self._limits.width, height=height, seconds=self._limits.total_seconds)
        if len(png) > self._limits.max_png:
            self.fail(CaptureOutcome.TRUNCATED_LENGTH, f"The picture is larger than {self._limits.max_png} bytes and is not kept.")
        else:
            self._png = png

    async def sealed(self, context: CrawlContext, *, draw: int, platform: str) -> Rendered:
        """Seal DOM and picture below the page that they were drawn from."""
        exchange, page = self._tap.documents.get(urldefrag(self._url).url, (self._tap.served, self._tap.page))
        parent = page.capture.id if page is not None else None
        url, dom, picture = self._url, None, None
        seal = context.sealer.seal_resource
        if self._html:
            dom = await seal(
                self._html.encode("utf-8", "replace"), url=url, media_type="text/html; charset=utf-8", draw=draw, platform=platform,
                role=Role.DOM, parent=parent,
            )  # fmt: skip
        if self._png:
            picture = await seal(
                self._png, url=url, media_type="image/png", draw=draw, platform=platform, role=Role.SCREENSHOT, parent=parent
            )
        return Rendered(
            page=page, dom=dom, screenshot=picture, html=self._html, final_url=url, status=exchange.status if exchange else None,
            outcome=self._outcome or CaptureOutcome.OK, detail=self._detail,
        )  # fmt: skip


async def _close_popup(popup: Page) -> None:
    await _within(5, popup.close())


async def _dismiss(dialog: Dialog) -> None:
    await _within(5, dialog.dismiss())


async def _within(seconds: float, ending: Awaitable[None]) -> bool:
    """Wait for something to end; False when it did not, or the browser says that it cannot."""
    try:
        async with asyncio.timeout(seconds):
            await ending
    except (TimeoutError, Error):
        return False
    return True
