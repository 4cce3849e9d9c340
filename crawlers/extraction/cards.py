"""Repeated structure: the sibling blocks of a page that each hold a link and mostly a price, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawlers.extraction.document import Document
from crawlers.extraction.money import DIGIT, may_hold_price

MAX_ANCHORS = 6_000
MAX_CLIMB = 40
MIN_CARDS = 3

_NOISE = re.compile(r"^(?:odd|even|first|last|active|selected|current|visible|lazy.*|is-.*|js-.*|ng-.*|.*\d{3,}.*)$")
_NUMBERS = re.compile(r"[0-9]+")
_OUTSIDE = frozenset({"nav", "footer"})
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|breadcrumbs?|sidebar|filters?|facets?|refine\w*|pagination|pager|megamenu|dropdown)(?:$|[\s_-])",
    re.I,
)

Key = tuple[str, str, str]


@dataclass(slots=True)
class Group:
    """Blocks of one shape."""

    key: Key
    depth: int
    blocks: list[LexborNode] = field(default_factory=list)
    parents: set[int] = field(default_factory=set)
    priced: int = 0


@lru_cache(maxsize=4_000)
def signature(tag: str, classes: str) -> tuple[str, bool]:
    """Tag and first steady class, what repeated blocks share; and whether the element is a menu or the like."""
    aside = tag in _OUTSIDE or (tag in ("div", "ul", "aside") and _ASIDE.search(classes) is not None)
    for name in classes.split()[:6]:
        if not _NOISE.match(name):
            return f"{tag}.{_NUMBERS.sub('', name)}", aside
    return tag, aside


class CardFinder:
    """Finds the cards of one page; every element is visited once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._groups: dict[Key, Group] = {}
        self._priced: set[int] = set()
        self._signatures: dict[int, tuple[str, bool]] = {}

    def find(self, *, unpriced: bool = False) -> list[LexborNode]:
        """The blocks of the strongest group; `unpriced` accepts lists that show no price at all."""
        body = self._document.body
        if body is None:
            return []
        if not self._groups:
            self._group_blocks(body)
        groups = [group for group in self._groups.values() if len(group.blocks) >= 2]
        if not groups:
            return []
        self._mark_prices()
        for group in groups:
            group.priced = sum(block.mem_id in self._priced for block in group.blocks)
        best = max(
            (g for g in groups if g.priced >= MIN_CARDS or (g.priced >= 2 and g.priced == len(g.blocks))),
            key=lambda g: g.priced,
            default=None,
        )
        if best is None:
            return self._unpriced(groups) if unpriced else []
        alike = [g for g in groups if g.priced >= 0.85 * best.priced and len(g.blocks) >= 0.8 * len(best.blocks)]
        chosen = min(alike, key=lambda g: (g.depth, -len(g.blocks)))
        return self._with_variants(chosen)

    def _signature(self, node: LexborNode | None) -> tuple[str, bool]:
        if node is None:
            return "", False
        known = self._signatures.get(node.mem_id)
        if known is None:
            known = self._signatures[node.mem_id] = signature(node.tag or "", node.attributes.get("class") or "")
        return known

    def _mark_prices(self) -> None:
        for text, node in self._document.texts:
            if len(text) <= 120 and may_hold_price(text):
                self._mark_price(node.parent)
        if not self._document.has("price"):
            return
        for node in self._document.tree.css('[itemprop="price"]'):
            self._mark_price(node)
        for node in self._document.tree.css('[class*="price" i]')[:3_000]:
            if node.mem_id not in self._priced and DIGIT.search(node.text()[:200]):
                self._mark_price(node)

    def _mark_price(self, start: LexborNode | None) -> None:
        current = start
        for _ in range(MAX_CLIMB):
            if current is None or (key := current.mem_id) in self._priced:
                break
            self._priced.add(key)
            current = current.parent

    def _group_blocks(self, body: LexborNode) -> None:
        seen: set[int] = set()
        for anchor in body.css("a[href]")[:MAX_ANCHORS]:
            href = anchor.attributes.get("href") or ""
            if href.startswith(("#", "javascript:", "mailto:", "tel:")) or not href:
                continue
            chain: list[LexborNode] = []
            current: LexborNode | None = anchor
            while current is not None and current.tag not in ("body", "html") and len(chain) < MAX_CLIMB:
                if current.mem_id in seen:
                    break
                chain.append(current)
                current = current.parent
            if any(self._signature(node)[1] for node in chain):
                seen.update(node.mem_id for node in chain[:1])
                continue
            if chain:
                seen.update(node.mem_id for node in chain)
                self._add(chain, current)

    def _add(self, chain: list[LexborNode], above: LexborNode | None) -> None:
        """Each element of a chain, innermost first, to the group of its own and its two ancestors' signatures."""
        line = [*chain, above, above.parent if above is not None else None]
        names = [self._signature(node)[0] for node in line]
        for index, node in enumerate(chain):
            parent = line[index + 1]
            if parent is None:
                return
            key = (names[index], names[index + 1], names[index + 2])
            group = self._groups.get(key)
            if group is None:
                group = self._groups[key] = Group(key, _depth(node))
            group.blocks.append(node)
            group.parents.add(parent.mem_id)

    def _with_variants(self, chosen: Group) -> list[LexborNode]:
        """The group and its priced siblings of another class (featured, promoted), in page order."""
        blocks = list(chosen.blocks)
        tag = chosen.key[0].partition(".")[0]
        for group in self._groups.values():
            if group is chosen or group.key[1:] != chosen.key[1:] or group.key[0].partition(".")[0] != tag:
                continue
            blocks += [b for b in group.blocks if b.mem_id in self._priced and b.parent is not None and b.parent.mem_id in chosen.parents]
        if len(blocks) == len(chosen.blocks):
            return blocks
        wanted = {block.mem_id: block for block in blocks}
        body = self._document.body
        order = body.css(tag) if body is not None else []
        return [node for node in order if node.mem_id in wanted]

    def _unpriced(self, groups: list[Group]) -> list[LexborNode]:
        rich = [g for g in groups if len(g.blocks) >= 5 and sum(len(b.text()[:400]) for b in g.blocks[:20]) / min(20, len(g.blocks)) >= 25]
        best = max(rich, key=lambda g: len(g.blocks), default=None)
        if best is None:
            return []
        alike = [g for g in rich if len(g.blocks) >= 0.9 * len(best.blocks)]
        return list(min(alike, key=lambda g: g.depth).blocks)


def _depth(node: LexborNode) -> int:
    depth = 0
    current: LexborNode | None = node.parent
    while current is not None and depth < 300:
        depth += 1
        current = current.parent
    return depth
