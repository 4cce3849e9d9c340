"""Extraction beside extruct on generated pages of 20 to 200 kB: CPU time a page and the ratio.

Run from the repository's root: `python -m benchmarks.extraction`. The machine's speed drops out of the ratios.
"""
# ruff: noqa: E501 - pages are written as pages are

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable

import extruct

from crawlers.extraction import GenericExtractor

SIZES = (20_000, 60_000, 94_000, 200_000)
PAGES = 6
URL = "https://market.example/item/1234567"


def listing_page(size: int, seed: int) -> str:
    """A listing page: JSON-LD, OpenGraph, state, description, specification rows and a carousel, filled up to `size` characters."""
    draw = random.Random(seed)
    words = [f"{a}{b}" for a in ("old", "car", "fan", "horn", "bead", "box") for b in ("ing", "er", "ish", "let", "wood", "stone")]
    title = " ".join(draw.choice(words) for _ in range(6))
    product = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": title,
        "offers": {"@type": "Offer", "price": "45.00", "priceCurrency": "EUR"},
    }
    state = {
        "listing": {
            "id": seed,
            "title": title,
            "price": {"amount": 45, "currency": "EUR"},
            "seller": {"name": "Ann"},
            "location": {"city": "Lyon"},
        }
    }
    head = (
        f'<!doctype html><html lang="fr-FR"><head><title>{title} | Market</title><meta property="og:title" content="{title}"><link rel="canonical" href="{URL}">'
        f'<script type="application/ld+json">{json.dumps(product)}</script></head><body><header><nav><a href="/">Market</a></nav></header><h1>{title}</h1><p class="price">45,00 €</p>'
    )
    parts = [head, f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>']
    length = sum(map(len, parts))
    number = 0
    while length < size:
        number += 1
        text = " ".join(draw.choice(words) for _ in range(12))
        match number % 4:
            case 0:
                part = f'<li class="card"><a href="/item/{number}77777"><img src="/{number}.jpg" alt="{text}"><h3 class="card-title">{text}</h3></a><span class="price">{number},00 €</span></li>'
            case 1:
                part = f'<dl class="spec"><dt>{draw.choice(words)}</dt><dd>{text}</dd></dl>'
            case 2:
                part = f'<div class="text"><p>{text}</p><p>{text}</p></div>'
            case _:
                part = f"<script>var a{number} = function () {{ return {json.dumps(text)}; }};</script>"
        parts.append(part)
        length += len(part)
    return "".join([*parts, "</body></html>"])


def milliseconds(act: Callable[[str], object], size: int) -> float:
    """CPU milliseconds a page, best of three rounds; no page comes twice, so that nothing is remembered of it."""
    rounds = []
    for number in range(3):
        pages = [listing_page(size, number * PAGES + seed) for seed in range(PAGES)]
        start = time.process_time()
        for page in pages:
            act(page)
        rounds.append((time.process_time() - start) / len(pages) * 1000)
    return min(rounds)


def main() -> None:
    """Print one row for each size."""
    extractor = GenericExtractor()
    acts: dict[str, Callable[[str], object]] = {
        "ours": lambda page: extractor.extract(
            page.encode(), url=URL, platform=None, media_type="text/html", status=200, at="2025-06-01T00:00:00Z"
        ),
        "extruct, 4 syntaxes": lambda page: extruct.extract(
            page, base_url=URL, syntaxes=["json-ld", "microdata", "opengraph", "dublincore"], errors="ignore"
        ),
        "extruct, default": lambda page: extruct.extract(page, base_url=URL, errors="ignore"),
    }
    for act in acts.values():
        act(listing_page(20_000, 1_000))
    print(f"{'bytes':>8}" + "".join(f"{name:>22}" for name in acts) + f"{'default / ours':>18}{'4 syntaxes / ours':>20}")
    for size in SIZES:
        cost = {name: milliseconds(act, size) for name, act in acts.items()}
        ratios = cost["extruct, default"] / cost["ours"], cost["extruct, 4 syntaxes"] / cost["ours"]
        print(f"{size:>8}" + "".join(f"{value:>19.2f} ms" for value in cost.values()) + f"{ratios[0]:>17.1f}x{ratios[1]:>19.2f}x")


if __name__ == "__main__":
    main()
