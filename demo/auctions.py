"""Demo Auctions: schema.org JSON-LD on lots, microdata on the cards of the search page."""

from __future__ import annotations

import json
from html import escape
from typing import Any
from urllib.parse import urlencode

from demo import hostile
from demo.listings import DemoListing
from demo.market import Market, Results
from demo.message import Request, Response, html, plain
from demo.money import written
from demo.page import frame, gone, image, marked, picture, service

PLATFORM = "demo-auctions"
NAME = "Demo Auctions"
ROBOTS = "User-agent: *\nCrawl-delay: 0.05\nDisallow:\n"
PAGE_SIZE = 10
_SCHEMA = "https://schema.org"


def respond(request: Request, market: Market) -> Response:
    """The site's answer to a GET."""
    if request.path == "/robots.txt":
        return plain(ROBOTS)
    if request.path in ("/", "/browse"):
        query = request.query.get("q", "")
        return html(_browse(market.search(PLATFORM, query, page=request.number("page", 1), size=PAGE_SIZE)))
    native_id = request.tail("/lot/")
    if native_id is not None:
        return _lot(market.listing(PLATFORM, native_id))
    main = service(request.path)
    return html(_frame("Not found", gone("Page not found")), status=404) if main is None else html(_frame("Information", main))


def _frame(title: str, main: str, *, query: str = "", language: str = "en", head: str = "") -> str:
    return frame(site=NAME, accent="#6b2d0b", search_path="/browse", title=title, main=main, query=query, language=language, head=head)


def _browse(results: Results) -> str:
    heading = f"Lots for “{results.query}”" if results.query else "All lots"
    cards = "\n".join(_card(listing) for listing in results.listings) or "<li>No lots found.</li>"
    following = ""
    if results.next_page is not None:
        target = escape("/browse?" + urlencode({"q": results.query, "page": results.next_page}))
        following = f'<nav class="pages"><a rel="next" href="{target}">More lots</a></nav>'
    main = f'<h1>{escape(heading)}</h1><p class="meta">{results.total} lots</p><ol class="results grid">{cards}</ol>{following}'
    return _frame(heading, main, query=results.query)


def _card(listing: DemoListing) -> str:
    price = ""
    if listing.price is not None and listing.currency is not None:
        price = (
            f'<p class="price" itemprop="offers" itemscope itemtype="{_SCHEMA}/Offer"><meta itemprop="priceCurrency" '
            f'content="{listing.currency}"><span itemprop="price" content="{listing.price}">'
            f"{escape(written(listing.price, listing.currency))}</span></p>"
        )
    return f"""<li class="card lot" itemscope itemtype="{_SCHEMA}/Product"
{marked(listing.language)}>{picture(listing, ' itemprop="image"')}
<div class="text"><h2><a itemprop="url" href="/lot/{listing.id}"><span itemprop="name">{escape(listing.title)}</span></a></h2>{price}
<p class="meta">{escape(listing.location)}</p></div></li>"""


def jsonld(listing: DemoListing) -> dict[str, Any]:
    """A lot as a schema.org Product with one Offer."""
    product: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "Product",
        "sku": str(listing.id),
        "name": listing.title,
        "description": listing.description,
        "category": listing.category,
        "image": [image(listing)],
        "inLanguage": listing.language,
    }
    offer: dict[str, Any] = {
        "@type": "Offer",
        "url": f"/lot/{listing.id}",
        "availability": f"{_SCHEMA}/{'SoldOut' if listing.state == 'sold' else 'InStock'}",
        "availabilityStarts": listing.posted,
        "seller": {"@type": "Person", "name": listing.seller},
        "availableAtOrFrom": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": listing.location, "addressCountry": listing.country},
        },
    }
    if listing.price is not None and listing.currency is not None:
        offer |= {"price": listing.price, "priceCurrency": listing.currency}
    return product | {"offers": offer}


def _script(value: Any) -> str:
    """JSON-LD as an element; `<` is written as an escape, so that no text can close the element."""
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False).replace("<", chr(92) + "u003c")}</script>\n'


def _lot(listing: DemoListing | None) -> Response:
    if listing is None:
        return html(_frame("Not found", gone("Page not found")), status=404)
    if listing.state in ("removed", "removed_soft"):
        page = _frame("Lot withdrawn", gone("This lot was withdrawn by our compliance team."))
        return html(page, status=410 if listing.state == "removed" else 200)
    main = f"""<article class="listing"><div>{picture(listing)}</div><div>
<h1>{escape(listing.title)}</h1>
<p class="meta" lang="en" dir="ltr">Lot {listing.id} · {"Sold" if listing.state == "sold" else "Open for bids"}</p>
<p class="price">{escape(written(listing.price, listing.currency))}</p>
<div class="description">{escape(listing.description)}</div>
<dl lang="en"><dt>Consignor</dt><dd>{escape(listing.seller)}</dd><dt>Place</dt><dd>{escape(listing.location)}</dd>
<dt>Department</dt><dd>{escape(listing.category)}</dd>
<dt>Listed</dt><dd><time datetime="{listing.posted}">{listing.posted[:10]}</time></dd></dl>
</div></article>"""
    deep = hostile.deep_jsonld() if listing.state == "deep_jsonld" else ""
    return html(_frame(listing.title, main, language=listing.language, head=_script(jsonld(listing)) + deep))
