"""The frame of every page: head, style, header, footer; and the parts that more than one site draws."""

from __future__ import annotations

from html import escape

from demo.listings import DemoListing

STYLE = """
:root{--ink:#1d2430;--soft:#5b6675;--line:#dde2e8;--paper:#fff;--ground:#f4f6f8;--accent:#0b6b5d}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);
font:16px/1.55 "Noto Sans","Noto Sans CJK SC","Noto Sans Thai","Noto Sans Arabic",system-ui,sans-serif;overflow-wrap:anywhere}
header.site,footer.site{background:var(--accent);color:#fff}header.site>div,footer.site>div,main{
max-width:68rem;margin:auto;padding:.9rem 1.2rem}
header.site>div{display:flex;flex-wrap:wrap;gap:.6rem 1.4rem;align-items:center}header.site a,footer.site a{color:#fff}
header.site a.name{font-weight:700;font-size:1.2rem;text-decoration:none}form.search{display:flex;flex:1 1 16rem;gap:.4rem}
form.search input{flex:1;min-width:0;padding:.5rem .7rem;border:0;border-radius:.4rem;font:inherit}
form.search button{padding:.5rem 1rem;border:0;border-radius:.4rem;font:inherit;background:rgba(0,0,0,.4);color:#fff}
p.notice{background:#fff6dd;border-bottom:1px solid #ecdca8;margin:0;padding:.35rem 1.2rem;text-align:center;font-size:.85rem;color:#5e4b0c}
a{color:var(--accent)}h1{font-size:1.55rem;line-height:1.3;margin:.4rem 0}
ol.results{list-style:none;padding:0;margin:1rem 0;display:grid;gap:1rem}
ol.grid{grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.6rem;overflow:hidden}
ol.rows .card{display:flex;gap:1rem;align-items:flex-start}ol.rows .card img{width:9rem;flex:none;height:auto}
.card img{display:block;width:100%;height:auto}.card .text{padding:.7rem .9rem;flex:1;min-width:0}
.card h2{font-size:1.02rem;margin:0 0 .3rem;line-height:1.35}
.card h2 a{text-decoration:none;color:var(--ink)}.price{font-weight:700;font-size:1.1rem;margin:.2rem 0}
.meta{color:var(--soft);font-size:.88rem;margin:.2rem 0}article.listing{background:var(--paper);border:1px solid var(--line);
border-radius:.6rem;padding:1.2rem;display:grid;gap:1.4rem;grid-template-columns:minmax(0,20rem) minmax(0,1fr)}
article.listing img{width:100%;height:auto;border-radius:.4rem}article.listing .price{font-size:1.5rem}
.description{white-space:pre-line;max-width:40rem}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;font-size:.95rem}
dt{color:var(--soft)}dd{margin:0}nav.pages{display:flex;gap:1rem}footer.site{margin-top:3rem;font-size:.88rem}
.gone{background:var(--paper);border:1px solid var(--line);border-radius:.6rem;padding:2rem;text-align:center}
@media(max-width:40rem){article.listing{grid-template-columns:minmax(0,1fr)}ol.rows .card img{width:6rem}}
"""


def direction(language: str) -> str:
    """`rtl` for languages that are written from right to left."""
    return "rtl" if language in ("ar", "fa", "he", "ur") else "ltr"


def marked(language: str) -> str:
    """The attributes that mark an element's language and direction."""
    return f'lang="{language}" dir="{direction(language)}"'


def frame(*, site: str, accent: str, search_path: str, title: str, main: str, query: str = "", language: str = "en", head: str = "") -> str:
    """A whole page; `title` and `query` are plain text, `main` and `head` are markup, links stay on the same host."""
    return f"""<!DOCTYPE html>
<html {marked(language)}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{escape(title)} | {escape(site)}</title><link rel="icon" href="data:,">
<style>{STYLE}:root{{--accent:{accent}}}</style>
{head}</head>
<body>
<header class="site" lang="en" dir="ltr"><div><a class="name" href="/">{escape(site)}</a>
<form class="search" action="{search_path}" role="search"><input name="q" value="{escape(query)}" aria-label="Search" dir="auto">
<button>Search</button></form></div></header>
<p class="notice" lang="en" dir="ltr">Demonstration market. Every seller, contact and item on these pages is invented.</p>
<main>
{main}
</main>
<footer class="site" lang="en" dir="ltr"><div>{escape(site)} ·
<a href="/help">Help</a> · <a href="/private/messages">Messages</a></div></footer>
</body></html>
"""


def image(listing: DemoListing) -> str:
    """Path of a listing's picture."""
    return f"/images/{listing.id}.png"


def picture(listing: DemoListing, attributes: str = "") -> str:
    """The element of a listing's picture."""
    return f'<img src="{image(listing)}" width="320" height="240" alt="" loading="lazy"{attributes}>'


def service(path: str) -> str | None:
    """The pages that are about no listing: a help page and a login wall; None for any other path."""
    if path == "/help":
        return "<h1>Help</h1><p>Type a word of any language in the field above. Sellers answer through the site.</p>"
    if path.startswith("/private"):
        return gone("Please sign in to read your messages")
    return None


def gone(text: str) -> str:
    """A notice that stands in place of a page, as markup for `frame`."""
    return f'<div class="gone" lang="en" dir="ltr"><h1>{escape(text)}</h1><p><a href="/">Back to the front page</a></p></div>'
