"""The price that a piece of a page shows: split spans joined, struck-out, instalment and shipping amounts left out."""
# ruff: noqa: E501 - words and patterns that belong together stay on one line

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from crawlers.extraction.document import TextNode, class_names, squash
from crawlers.extraction.money import (
    Amount,
    Locale,
    amount_text,
    data_amount,
    data_currency,
    find_amounts,
    may_hold_price,
    number_of,
)

MAX_PIECES = 400
LONGEST_SHOWN = 120
"""A longer text tells of prices; it does not show one."""
_STRUCK_TAGS = frozenset({"s", "del", "strike"})
_STRUCK = re.compile(
    r"strike|struck|line-through|linethrough|(?<![a-z])(?:old|was|before|previous|prev|original|regular|rrp|msrp|crossed|compare|list)[-_ ]?(?:price|preis|prix|precio|prezzo|amount|value|cost)"
    r"|price[-_]{1,2}(?:old|was|before|previous|original|regular|rrp|msrp|crossed|compare|list|strike)|(?:^|[\s_-])(?:old|was|rrp|msrp|strikethrough|crossed-out|compare-at)(?:$|[\s_-])"
)
_OTHER = re.compile(
    r"shipping|delivery|postage|versand|porto|frete|envio|env[ií]o|livraison|spedizione|доставк|verzend|frakt|fragt|wysy[lł]k|ongkir|配送|送料|运费|運費|배송|ค่าส่ง|ค่าจัดส่ง|phí ship"
    r"|installment|instalment|instal[-_]?ment|cuota|parcela|mensual|monthly|per month|/ ?mo\b|pro monat|/ ?monat|par mois|cicilan|рассрочк|в месяц|рат[аы]?\b|分割|月々"
    r"|discount|saving|you save|save|rabatt|descuento|desconto|скидк|коins|coupon|cashback|deposit|caution|unit[-_ ]?price|stückpreis|/ ?100|/ ?kg\b|per ?kg|minimum|estimat|schätz|estimaci|balance|insurance|trygg",
    re.I,
)
_TIMES = re.compile(r"\b\d{1,2}\s?[x×]\s?(?:de|of|de\s+)?\s*$|\bde\s*$(?<=\dx de)|\+\s*$|[-−]\s*$", re.I)
_OTHER_BEFORE = re.compile(
    r"\b\d{1,2}\s?[x×](?:\s?(?:de|of))?\s*$|^(?:shipping|delivery|postage|versand|frete|envío|livraison|доставка|ongkir|運費|运费|送料)\b",
    re.I,
)
_CENTS = re.compile(r"cent|fraction|decimal|minor|(?<![a-z])sup", re.I)
_SC = "$€£¥￥₽₴₸₺₹৳฿₫₱₩₦₵₪₮₭៛₼₾֏₲₡₨"
_ENDS_OPEN = re.compile(rf"(?:[\d.,]|[{_SC}]|\b(?:US|R|Rp|RM|kr|USD|EUR|GBP|Rs\.?|KSh|CHF|AED|[A-Z]{{3}}))\s*$")
_STARTS = re.compile(
    rf"^\s*(?:\d|[.,]\s*\d*\s*$|[{_SC}]\s*(?:\d|$)|(?:kr|zł|Kč|Ft|лв|руб|грн|тг|円|元|원|đ|TL|บาท|р|万|萬|[A-Z]{{3}})\b\.?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An amount that a page shows, and the element that shows it."""

    amount: Amount
    node: LexborNode
    struck: bool
    other: bool
    """Shipping, instalment, saving or the like."""
    named: bool
    """An element around it is called a price."""


def text_nodes(node: LexborNode) -> list[TextNode]:
    """Text nodes below an element, in order."""
    found = []
    for inner in node.traverse(include_text=True):
        if inner.is_text_node and (text := inner.text_content) and not text.isspace():
            found.append(TextNode(squash(text[:2000]), inner))
            if len(found) >= MAX_PIECES:
                break
    return found


def runs(pieces: Iterable[TextNode]) -> Iterator[tuple[str, LexborNode]]:
    """Pieces that make one amount joined (`$` `363` `27` becomes `$363.27`), others by themselves."""
    text = ""
    last: TextNode | None = None
    for piece in pieces:
        if last is not None and len(text) < 60 and _STARTS.match(piece.text) and _ENDS_OPEN.search(text) and _near(last, piece):
            cents = text[-1].isdigit() and re.fullmatch(r"\d{2}", piece.text) is not None
            if cents and (piece.parent.tag == "sup" or _CENTS.search(class_names(piece.parent)) or len(piece.text) == 2):
                text += "." + piece.text
            elif text[-1].isdigit() and piece.text[0].isdigit():
                yield text, last.parent
                text = piece.text
            else:
                text += (
                    "" if piece.text[0] in ".," or text[-1] in ".," or not (text[-1].isalpha() or piece.text[0].isalpha()) else " "
                ) + piece.text
            last = piece
            continue
        if last is not None:
            yield text, last.parent
        text, last = piece.text, piece
    if last is not None:
        yield text, last.parent


def _near(one: TextNode, other: TextNode) -> bool:
    near = {one.parent.mem_id}
    if one.parent.parent is not None:
        near.add(one.parent.parent.mem_id)
    parent = other.parent
    return parent.mem_id in near or (parent.parent is not None and parent.parent.mem_id in near)


def shown_amounts(
    pieces: Iterable[TextNode], locale: Locale, *, passed_over: Callable[[LexborNode], bool] | None = None
) -> Iterator[Shown]:
    """Amounts with a currency sign in pieces of text, each with what its surroundings say of it.

    Elements for which `passed_over` is true are not read.
    """
    last = ""
    for text, node in runs(pieces):
        earlier, last = last, text
        if len(text) > LONGEST_SHOWN or not may_hold_price(text) or (passed_over is not None and passed_over(node)):
            continue
        for amount in find_amounts(text, locale):
            before, after = text[max(0, amount.start - 40) : amount.start], text[amount.end : amount.end + 30]
            struck, other, named = _context(node)
            other = other or bool(
                len(earlier) <= 24 and (_OTHER_BEFORE.search(earlier) or (earlier.endswith((":", "：")) and _OTHER.search(earlier)))
            )
            other = other or bool(
                _TIMES.search(before) or _OTHER.search(before) or _OTHER.search(after[:16]) or re.match(r"\s*/\s*\w", after)
            )
            yield Shown(amount=amount, node=node, struck=struck, other=other, named=named)


_NAMED = re.compile(
    r"price|preis|prijs|prix|precio|preço|preco|prezzo|pris(?![a-z])|cena|цена|harga|amount|kaina|hinta|fiyat|bid|valor|money|cost", re.I
)


def _context(node: LexborNode) -> tuple[bool, bool, bool]:
    struck = other = named = False
    current: LexborNode | None = node
    for _ in range(4):
        if current is None or current.tag in ("body", "li", "article", "main", "section"):
            break
        names = class_names(current)
        struck = (
            struck
            or current.tag in _STRUCK_TAGS
            or bool(_STRUCK.search(names))
            or "line-through" in (current.attributes.get("style") or "")
        )
        other = other or bool(_OTHER.search(names))
        named = named or bool(_NAMED.search(names))
        current = current.parent
    return struck, other, named


def best_shown(amounts: list[Shown]) -> Shown | None:
    """The price among shown amounts: neither struck nor of another kind, one in an element called price first."""
    fair = [shown for shown in amounts if not shown.struck and not shown.other and shown.amount.value > 0]
    return next((shown for shown in fair if shown.named), fair[0] if fair else None)


def bare_price(node: LexborNode) -> str | None:
    """A number without a sign in an element called price; its currency is not stated there."""
    for inner in node.css('[class*="price" i], [id*="price" i], [data-price]')[:8]:
        if _STRUCK.search(class_names(inner)) or inner.tag in _STRUCK_TAGS:
            continue
        text = squash(inner.text(separator=" "))[:60]
        found = re.fullmatch(r"[^\d]{0,12}?\s?(\d[\d.,'\s]{0,16})(?:\s?[.,]?-)?", text)
        amount = number_of(found[1]) if found else None
        if amount is not None and amount > 0:
            return amount_text(amount)
    return None


def marked_price(node: LexborNode) -> tuple[str, str | None] | None:
    """Price and currency by `itemprop` inside an element."""
    price = node.css_first('[itemprop="price"], [itemprop="lowPrice"]')
    if price is None:
        return None
    amount = data_amount(price.attributes.get("content") or squash(price.text()))
    if amount is None or amount <= 0:
        return None
    currency = node.css_first('[itemprop="priceCurrency"]')
    code = data_currency(currency.attributes.get("content") or squash(currency.text())) if currency is not None else None
    return Amount(value=amount, currency=code, sign=None).text, code
