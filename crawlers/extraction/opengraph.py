"""Metas of sharing: OpenGraph, product:, Twitter labels and data, Dublin Core, geo."""

from __future__ import annotations

import re

from crawlers.extraction.document import Document
from crawlers.extraction.facts import Facts
from crawlers.extraction.labels import LABELS
from crawlers.extraction.money import amount_text, data_amount, data_currency, read_amount
from crawlers.extraction.places import country_code
from crawlers.extraction.schema_org import availability_of, plain

_PRICE = (
    "product:price:amount",
    "og:price:amount",
    "product:sale_price:amount",
    "product:price",
    "og:price",
    "price",
    "product:original_price:amount",
    "twitter:price",
)
_CURRENCY = ("product:price:currency", "og:price:currency", "product:sale_price:currency", "og:currency", "currency", "pricecurrency")


def facts_of_metas(document: Document) -> Facts:
    """What the metas say; titles keep the site's suffix, which the weighing of titles takes off."""
    metas = document.metas
    facts = Facts(source="opengraph")
    for key in ("og:title", "twitter:title", "dc.title", "dcterms.title", "title"):
        facts.say("title", plain(metas.get(key)))
    for key in ("og:description", "twitter:description", "description", "dc.description"):
        facts.say("description", plain(metas.get(key)))
    for key in _PRICE:
        amount = data_amount(metas.get(key))
        if amount is not None and amount > 0:
            facts.say("price", amount_text(amount))
            for name in _CURRENCY:
                facts.say("currency", data_currency(metas.get(name)))
            if "currency" not in facts.values and (found := read_amount(metas[key], document.locale)) is not None:
                facts.say("currency", found.currency)
            break
    facts.say("url", document.absolute(metas.get("og:url")))
    facts.say("availability", availability_of(metas.get("product:availability") or metas.get("og:availability")))
    for key in ("product:retailer_item_id", "og:retailer_item_id", "product:id"):
        value = metas.get(key, "")
        facts.say("native_id", value if len(value) <= 60 else None)
    place = ", ".join(v for k in ("og:locality", "og:region", "og:country-name") if (v := metas.get(k)))
    facts.say("location", place or metas.get("geo.placename"))
    facts.say("country", country_code(metas.get("og:country-name")) or country_code((metas.get("geo.region") or "").split("-")[0]))
    for key in ("product:published_time", "article:published_time", "og:published_time", "datepublished", "date"):
        facts.say("posted_at", metas.get(key))
    facts.say("category", metas.get("product:category"))
    facts.say_all("images", [url for value in document.meta_images if (url := document.absolute(value))])
    _say_labelled(document, facts)
    return facts


def _say_labelled(document: Document, facts: Facts) -> None:
    """`twitter:label1` and `twitter:data1` pairs."""
    for number in ("1", "2", "3"):
        label = document.metas.get(f"twitter:label{number}", "").lower().strip(" :")
        value = document.metas.get(f"twitter:data{number}")
        if not value:
            continue
        name = LABELS.get(label)
        if name in ("seller", "location") and len(value) <= 120:
            facts.say(name, value)
        elif name == "price" or (not label and re.search(r"\d", value)):
            amount = read_amount(value, document.locale)
            if amount is not None and amount.value > 0 and (name == "price" or amount.sign):
                facts.say("price", amount.text)
                facts.say("currency", amount.currency)
