"""Parts of a page by what its authors call them: class, id and test ids cut into words, so `shop` is not found in `workshop`."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawlers.extraction.document import Document, unique

_PART_KEY = re.compile(r"class|id|itemprop|data-(?:[a-z0-9]{1,12}-){0,2}(?:id|qa|test|testid|cy|marker|hook|name|role|field|part)")
"""Attributes in which authors name the parts of a page, for styling, for scripts or for their own tests."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_CUT = re.compile(r"[^a-z0-9]+")
_OUTSIDE = re.compile(
    r"-(?:site-header|page-header|global-header|header-nav|site-footer|footer|nav|navbar|navigation|menu|megamenu|breadcrumbs?|modal|popup|dialog|tooltip|login|signin|cookie|consent|filters?|facets?|searchbar|search-form|search-box|sponsored|ad-slot|adslot|reviews?|comments?|questions?|answers?|testimonials?|deliver-to)-"
)
_BESIDE = re.compile(r"-(?:related|similar|recommend(?:ed|ations?)?|recently|also|carousel|slider|sidebar-ads|banner|promo)-")
MAX_FOUND = 60


@lru_cache(maxsize=2_000)
def _names_a_part(key: str) -> bool:
    return len(key) <= 40 and _PART_KEY.fullmatch(key) is not None


def words_of(node: LexborNode) -> str:
    """`-shop-location-` for class `ShopLocation`: lower-case words of all names of an element between hyphens."""
    names = " ".join([value[:300] for key, value in node.attributes.items() if value and _names_a_part(key)])
    return _words_in(names) if names else "-"


@lru_cache(maxsize=5_000)
def _words_in(names: str) -> str:
    return "-" + _CUT.sub("-", _CAMEL.sub("-", names).lower()).strip("-") + "-"


class Parts:
    """Finds named parts of one page; what lies in navigation, footers or other items is passed over."""

    def __init__(self, document: Document, hidden: set[int]) -> None:
        self._document = document
        self._hidden = hidden
        self._judged: dict[int, bool] = {}

    def find(self, hints: tuple[str, ...], pattern: re.Pattern[str]) -> list[LexborNode]:
        """Elements whose names hold a hint (a cheap test in the parser) and match `pattern` as words."""
        names = self._document.part_names
        present = [hint for hint in hints if hint in names]
        if not present:
            return []
        keys = ("class", "id", *sorted(key for key in self._document.data_keys if _names_a_part(key))[:8])
        selector = ",".join(f'[{key}*="{hint}" i]' for hint in present for key in keys)
        found: list[LexborNode] = []
        beside: list[LexborNode] = []
        for node in unique(self._document.tree.css(selector))[:3_000]:
            if (
                node.tag not in ("input", "form", "body", "html", "button", "meta", "link", "label", "img")
                and pattern.search(words_of(node))
                and not self.outside(node)
            ):
                (beside if self._beside(node) else found).append(node)
                if len(found) >= MAX_FOUND:
                    break
        return [*found, *beside][:MAX_FOUND]

    @staticmethod
    def _beside(node: LexborNode) -> bool:
        """In a block named after related items: read last, since some shops put the seller there."""
        current: LexborNode | None = node
        for _ in range(25):
            if current is None or current.tag in ("body", "html"):
                return False
            if _BESIDE.search(words_of(current)):
                return True
            current = current.parent
        return False

    def in_card(self, node: LexborNode) -> bool:
        """Whether an element lies in the card of another item."""
        if not self._hidden:
            return False
        current: LexborNode | None = node
        for _ in range(14):
            if current is None:
                return False
            if current.mem_id in self._hidden:
                return True
            current = current.parent
        return False

    def outside(self, node: LexborNode) -> bool:
        """Whether an element lies in what is not the item itself."""
        chain: list[int] = []
        answer = False
        current: LexborNode | None = node
        for _ in range(60):
            if current is None or current.tag in ("body", "html"):
                break
            known = self._judged.get(current.mem_id)
            if known is not None:
                answer = known
                break
            chain.append(current.mem_id)
            if current.mem_id in self._hidden or current.tag in ("nav", "footer", "select", "option") or _OUTSIDE.search(words_of(current)):
                answer = True
                break
            current = current.parent
        for key in chain:
            self._judged[key] = answer
        return answer
