"""Demo Classifieds: plain HTML without structured data; what a page states stands in its visible text."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from demo import hostile
from demo.listings import DemoListing
from demo.market import Market, Results
from demo.message import Request, Response, html, plain
from demo.money import written
from demo.page import frame, gone, marked, picture, service

PLATFORM = "demo-classifieds"
NAME = "Demo Classifieds"
ROBOTS = "User-agent: *\nDisallow: /private\n"
PAGE_SIZE = 12


def respond(request: Request, market: Market) -> Response:
    """The site's answer to a GET."""
    if request.path == "/robots.txt":
        return plain(ROBOTS)
    if request.path in ("/", "/search"):
        query = request.query.get("q", "")
        return html(_search(market.search(PLATFORM, query, page=request.number("page", 1), size=PAGE_SIZE)))
    native_id = request.tail("/ad/")
    if native_id is not None:
        return _ad(market.listing(PLATFORM, native_id))
    main = service(request.path)
    return _page("Not found", gone("Page not found"), status=404) if main is None else _page("Information", main)


def _frame(title: str, main: str, *, query: str = "", language: str = "en") -> str:
    return frame(site=NAME, accent="#0b6b5d", search_path="/search", title=title, main=main, query=query, language=language)


def _page(title: str, main: str, *, status: int = 200) -> Response:
    return html(_frame(title, main), status=status)


def _search(results: Results) -> str:
    heading = f"Results for “{results.query}”" if results.query else "Latest ads"
    rows = "\n".join(_row(listing) for listing in results.listings) or "<li>No ads found.</li>"
    links = []
    for number, label, rel in ((results.page - 1, "Previous page", "prev"), (results.next_page or 0, "Next page", "next")):
        if 0 < number <= results.pages:
            target = escape("/search?" + urlencode({"q": results.query, "page": number}))
            links.append(f'<a rel="{rel}" href="{target}">{label}</a>')
    main = (
        f'<h1>{escape(heading)}</h1><p class="meta">{results.total} ads, page {results.page} of {results.pages}</p>'
        f'<ol class="results rows">{rows}</ol><nav class="pages">{"".join(links)}</nav>'
    )
    return _frame(heading, main, query=results.query)


def _row(listing: DemoListing) -> str:
    return f"""<li class="card ad" {marked(listing.language)}>{picture(listing)}<div class="text">
<h2><a href="/ad/{listing.id}">{escape(listing.title)}</a></h2>
<p class="price">{escape(written(listing.price, listing.currency))}</p>
<p class="meta"><span class="location">{escape(listing.location)}</span> ·
<time datetime="{listing.posted}">{listing.posted[:10]}</time></p>
</div></li>"""


def _ad(listing: DemoListing | None) -> Response:
    if listing is None:
        return _page("Not found", gone("Page not found"), status=404)
    if listing.state == "removed":
        return _page("Ad removed", gone("This ad has been removed because it broke our rules."), status=410)
    if listing.state == "removed_soft":
        return _page("Ad no longer available", gone("This ad is no longer available."))
    extra = hostile.script_markup(listing) if listing.state == "script_fields" else ""
    main = f"""<article class="listing"><div>{picture(listing)}</div><div>
<h1>{escape(listing.title)}</h1>
<p class="price">{escape(written(listing.price, listing.currency))}</p>
<div class="description">{escape(listing.description)}{extra}</div>
<dl lang="en"><dt>Seller</dt><dd class="seller">{escape(listing.seller)}</dd>
<dt>Location</dt><dd class="location">{escape(listing.location)}</dd>
<dt>Category</dt><dd class="category">{escape(listing.category)}</dd>
<dt>Posted</dt><dd class="posted"><time datetime="{listing.posted}">{listing.posted[:10]}</time></dd>
<dt>Ad number</dt><dd>{listing.id}</dd></dl>
</div></article>"""
    page = _frame(listing.title, main, language=listing.language)
    return hostile.bomb(page) if listing.state == "gzip_bomb" else html(page)
