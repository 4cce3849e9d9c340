"""Reads what a rendered page has become: its DOM and its picture, both under caps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playwright.async_api import BrowserContext, Page

# Runs in a world of its own, whose functions the page cannot have replaced. Open shadow trees are written as
# declarative ones, so that a parser sees what a reader saw.
_SERIALISE = """
(cap => {
  const roots = [];
  const walk = node => {
    for (const e of node.querySelectorAll('*')) if (e.shadowRoot) { roots.push(e.shadowRoot); walk(e.shadowRoot); }
  };
  walk(document);
  const root = document.documentElement;
  const type = document.doctype ? new XMLSerializer().serializeToString(document.doctype) + '\\n' : '';
  let html = type;
  if (root) {
    const shell = root.cloneNode(false).outerHTML, tail = '</' + root.localName + '>';
    html += (roots.length && root.getHTML && shell.endsWith(tail))
      ? shell.slice(0, -tail.length) + root.getHTML({serializableShadowRoots: true, shadowRoots: roots}) + tail
      : root.outerHTML;
  }
  return JSON.stringify([html.length, html.slice(0, cap), Math.ceil(Math.max(root ? root.scrollHeight : 0, 1)), location.href]);
})(%d)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A DOM as it stood."""

    html: str
    truncated: bool
    """Cut at the cap."""
    height: int
    """Pixels (CSS) of the whole document, as the page states it."""
    url: str


async def read_dom(context: BrowserContext, page: Page, *, max_characters: int) -> Snapshot:
    """Serialise the DOM in an isolated world; raises playwright's Error and ValueError when the page does not answer so."""
    session = await context.new_cdp_session(page)
    frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "marketwarden"})
    answer: dict[str, Any] = await session.send(
        "Runtime.evaluate",
        {"contextId": world["executionContextId"], "expression": _SERIALISE % max_characters, "returnByValue": True},
    )
    value = answer.get("result", {}).get("value")
    if not isinstance(value, str):
        raise ValueError("the document could not be serialised")
    length, html, height, url = _parse(value)
    return Snapshot(html=html, truncated=length > max_characters, height=height, url=url)


def _parse(value: str) -> tuple[int, str, int, str]:
    length, html, height, url = json.loads(value)
    return int(length), str(html), int(height), str(url)


async def take_picture(page: Page, *, width: int, height: int, seconds: float) -> bytes:
    """A PNG of the page from its top, `height` CSS pixels of it."""
    return await page.screenshot(
        full_page=True,
        type="png",
        animations="disabled",
        scale="css",
        timeout=seconds * 1000,
        clip={"x": 0, "y": 0, "width": width, "height": height},
    )
