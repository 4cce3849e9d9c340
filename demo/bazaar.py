"""Demo Bazaar: the served HTML is a shell; a script of the site asks its own interface for the items and draws them."""

from __future__ import annotations

from typing import Any

from demo.listings import DemoListing
from demo.market import Market
from demo.message import Request, Response, data, html, plain
from demo.money import written
from demo.page import direction, frame, gone, image, service

PLATFORM = "demo-bazaar"
NAME = "Demo Bazaar"
ROBOTS = "User-agent: *\nAllow: /\n"
PAGE_SIZE = 16

SCRIPT = """
"use strict";
const root = document.getElementById("app");
const make = (tag, attributes, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  node.append(...children);
  return node;
};
const ask = async (path) => {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};
const picture = (item) => make("img", { src: item.image, width: 320, height: 240, alt: "" });
const card = (item) => make("li", { class: "card item", lang: item.language, dir: item.direction, "data-id": item.id },
  picture(item), make("div", { class: "text" },
    make("h2", {}, make("a", { href: item.url }, item.title)),
    make("p", { class: "price" }, item.price_text),
    make("p", { class: "meta location" }, item.location)));
const rows = (...pairs) => make("dl", { lang: "en" },
  ...pairs.flatMap(([name, value, kind]) => [make("dt", {}, name), make("dd", { class: kind }, value)]));
const drawSearch = async (query, page) => {
  const found = await ask("/api/items?" + new URLSearchParams({ q: query, page }));
  const list = make("ol", { class: "results grid" }, ...found.items.map(card));
  const parts = [make("h1", {}, query ? `Items for “${query}”` : "New today"), make("p", { class: "meta" }, `${found.total} items`), list];
  if (found.next_page) {
    const target = "/find?" + new URLSearchParams({ q: query, page: found.next_page });
    parts.push(make("nav", { class: "pages" }, make("a", { rel: "next", href: target }, "Next page")));
  }
  root.replaceChildren(...parts);
};
const drawItem = async (id) => {
  const item = await ask("/api/item?" + new URLSearchParams({ id }));
  document.documentElement.lang = item.language;
  document.documentElement.dir = item.direction;
  document.title = item.title + " | Demo Bazaar";
  root.replaceChildren(make("article", { class: "listing" }, make("div", {}, picture(item)), make("div", {},
    make("h1", {}, item.title), make("p", { class: "price" }, item.price_text), make("div", { class: "description" }, item.description),
    rows(["Seller", item.seller, "seller"], ["Location", item.location, "location"], ["Category", item.category, "category"],
      ["Posted", item.posted.slice(0, 10), "posted"]))));
};
const start = async () => {
  const query = new URLSearchParams(location.search);
  const found = location.pathname.match(/^\\/item\\/(\\d+)$/);
  try {
    await (found ? drawItem(found[1]) : drawSearch(query.get("q") || "", query.get("page") || "1"));
  } catch (error) {
    root.replaceChildren(make("p", { class: "gone" }, "This page could not be loaded."));
  }
  root.dataset.ready = "yes";
};
start();
"""

_SHELL = (
    '<div id="app"><p>Loading…</p></div><noscript>Please switch on JavaScript to see this page.</noscript><script src="/app.js"></script>'
)


def respond(request: Request, market: Market) -> Response:
    """The site's answer to a GET."""
    if request.path == "/robots.txt":
        return plain(ROBOTS)
    if request.path == "/app.js":
        return Response(media_type="text/javascript; charset=utf-8", body=SCRIPT.encode())
    if request.path in ("/", "/find"):
        return html(_frame("Search", _SHELL, query=request.query.get("q", "")))
    if request.path.startswith("/api/"):
        return _interface(request, market)
    native_id = request.tail("/item/")
    if native_id is None:
        return _other(request.path)
    return _item(market.listing(PLATFORM, native_id))


def _interface(request: Request, market: Market) -> Response:
    if request.path == "/api/items":
        return _items(request, market)
    found = market.listing(PLATFORM, request.number("id", 0)) if request.path == "/api/item" else None
    if found is None:
        return data({"error": "not found"}, status=404)
    return data({"error": "removed"}, status=410) if found.state.startswith("removed") else data(shown(found))


def _other(path: str) -> Response:
    main = service(path)
    return html(_frame("Not found", gone("Page not found")), status=404) if main is None else html(_frame("Information", main))


def _frame(title: str, main: str, *, query: str = "") -> str:
    return frame(site=NAME, accent="#3b2a78", search_path="/find", title=title, main=main, query=query)


def _item(listing: DemoListing | None) -> Response:
    if listing is None:
        return html(_frame("Not found", gone("Page not found")), status=404)
    if listing.state.startswith("removed"):
        return html(_frame("Item removed", gone("This item has been removed.")), status=410 if listing.state == "removed" else 200)
    return html(_frame("Item", _SHELL))


def _items(request: Request, market: Market) -> Response:
    results = market.search(PLATFORM, request.query.get("q", ""), page=request.number("page", 1), size=PAGE_SIZE)
    items = [{key: value for key, value in shown(one).items() if key != "description"} for one in results.listings]
    return data({"total": results.total, "page": results.page, "next_page": results.next_page, "items": items})


def shown(listing: DemoListing) -> dict[str, Any]:
    """What the interface tells of a listing; the truth is not in it."""
    return {
        "id": str(listing.id),
        "url": f"/item/{listing.id}",
        "title": listing.title,
        "description": listing.description,
        "price": listing.price,
        "currency": listing.currency,
        "price_text": written(listing.price, listing.currency),
        "seller": listing.seller,
        "location": listing.location,
        "category": listing.category,
        "posted": listing.posted,
        "language": listing.language,
        "direction": direction(listing.language),
        "image": image(listing),
    }
