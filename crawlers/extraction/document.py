"""One parsed page, shared by all readers: a single selectolax parse, scripts set aside, text nodes walked once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.extraction.money import Locale
from crawlers.extraction.nesting import tame
from crawlers.extraction.shadow import inline_shadow_roots

MAX_SCRIPT = 3_000_000
MAX_TEXTS = 40_000
"""Text nodes looked at; the largest real search pages seen have under 10,000."""
MAX_NODE_TEXT = 20_000

_VALUE = re.compile(rb"""=\s{0,3}(?:"(?!http|/)[^"<>]{2,400}|'(?!http|/)[^'<>]{2,400}|[^\s"'<>/=]{2,60})""")
_DATA_KEY = re.compile(rb"data-[a-z0-9-]{1,60}(?=\s{0,3}=)")
_UNSEEN = "script, style, noscript, svg, iframe, object, template, select, datalist"
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2}))?(?![A-Za-z])", re.I)
_COUNTRY_TLD = {"uk": "GB"}
_SECOND_LEVEL = ("co", "com", "org", "net", "gov", "ac", "ne", "or", "in", "web", "my")
_SIGNS_UNSEEN = "\u200b\u200e\u200f\u2060\ufeff\u00ad"


def squash(text: str) -> str:
    """White space of any kind to single spaces, zero-width signs away."""
    text = " ".join(text.split())
    if text.isascii() or not _has_unseen_sign(text):
        return text
    return " ".join(text.translate(_WITHOUT_UNSEEN).split())


_WITHOUT_UNSEEN = dict.fromkeys(map(ord, _SIGNS_UNSEEN))


def _has_unseen_sign(text: str) -> bool:
    return any(sign in text for sign in _SIGNS_UNSEEN)


_NOT_LETTERS = re.compile(r"[\W_]+")


def loose(text: str) -> str:
    """Letters and digits only, lower case: for comparing titles."""
    return _loose_short(text) if len(text) <= 300 else _NOT_LETTERS.sub("", text.lower())


@lru_cache(maxsize=4_000)
def _loose_short(text: str) -> str:
    return _NOT_LETTERS.sub("", text.lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One script element, set aside before the text is read."""

    type: str
    id: str
    text: str


class TextNode(NamedTuple):
    """A piece of visible text and its node. A tuple, since a page has thousands and most are looked at once."""

    text: str
    node: LexborNode

    @property
    def parent(self) -> LexborNode:
        """The element that holds the text."""
        parent = self.node.parent
        return parent if parent is not None else self.node


class Document:
    """A parsed page. Reading is lazy and happens once; nothing here judges."""

    def __init__(self, html: str, url: str) -> None:
        self.url = url
        data, self.tamed = tame(inline_shadow_roots(html.encode("utf-8", "replace")))
        self.tree = LexborHTMLParser(data)
        self._lower = data.lower()
        """The source in lower case: a cheap test of what cannot be on the page."""
        self._has: dict[str, bool] = {}
        self._names_any: dict[tuple[str, ...], bool] = {}
        self.scripts = self._set_scripts_aside()

    def _set_scripts_aside(self) -> tuple[Script, ...]:
        scripts = []
        unseen = self.tree.css(_UNSEEN)
        for node in unseen:
            if node.tag != "script":
                continue
            text = node.text(deep=True)
            if text and len(text) <= MAX_SCRIPT:
                attributes = node.attributes
                scripts.append(Script(type=(attributes.get("type") or "").strip().lower(), id=attributes.get("id") or "", text=text))
        for node in unseen:
            node.decompose()
        return tuple(scripts)

    @cached_property
    def body(self) -> LexborNode | None:
        """The body element; None for an empty page."""
        return self.tree.body

    @cached_property
    def metas(self) -> dict[str, str]:
        """First non-empty content of each meta, by lower-case property or name."""
        metas: dict[str, str] = {}
        for node in self.tree.css("meta"):
            attributes = node.attributes
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = attributes.get("content") or attributes.get("value")
            if name and content and name.lower() not in metas and len(metas) < 400:
                metas[name.strip().lower()] = squash(content[:MAX_NODE_TEXT])
        return metas

    @cached_property
    def meta_images(self) -> list[str]:
        """All og:image contents, in order."""
        if not self.has("og:image"):
            return []
        return [n.attributes.get("content") or "" for n in self.tree.css('meta[property="og:image"]')[:50]]

    @cached_property
    def head_title(self) -> str:
        """The document's title element."""
        node = self.tree.css_first("head > title") or self.tree.css_first("title")
        return squash(node.text()[:2000]) if node is not None else ""

    @cached_property
    def headings(self) -> list[str]:
        """Texts of the h1 elements that have one, at most ten."""
        return [text for node in self.tree.css("h1")[:10] if (text := node_text(node))]

    @cached_property
    def base(self) -> str:
        """What relative links resolve against."""
        node = self.tree.css_first("base[href]")
        href = node.attributes.get("href") if node is not None else None
        return self._join(self.url, href) if href else self.url

    @cached_property
    def canonical(self) -> str | None:
        """Address that the page gives itself (`link rel=canonical`, og:url), absolute."""
        node = self.tree.css_first('link[rel="canonical"]')
        href = node.attributes.get("href") if node is not None else None
        return self.absolute(href or self.metas.get("og:url"))

    @cached_property
    def language(self) -> str | None:
        """ISO 639 of the page by `html lang`, content-language or og:locale."""
        return self._locale_parts[0]

    @cached_property
    def locale(self) -> Locale:
        """Language and country of the page as it says them, the country-code domain last."""
        language, country = self._locale_parts
        host = urlsplit(self.canonical or self.url).hostname or urlsplit(self.url).hostname or ""
        tld = host.rsplit(".", 1)[-1]
        if len(tld) == 2 and tld not in ("io", "co", "me", "tv", "ai", "cc", "ws", "to", "ly", "gg", "fm", "eu", "im"):
            country = _COUNTRY_TLD.get(tld, tld.upper())
        return Locale(language=language, country=country, declared=self.declared_currency)

    @cached_property
    def declared_currency(self) -> str | None:
        """A currency that metas or microdata state for the page."""
        for name in ("product:price:currency", "og:price:currency", "pricecurrency", "currency"):
            value = self.metas.get(name, "").upper()
            if len(value) == 3 and value.isalpha():
                return value
        return None

    @cached_property
    def _locale_parts(self) -> tuple[str | None, str | None]:
        node = self.tree.css_first("html")
        stated = [node.attributes.get("lang") or node.attributes.get("xml:lang") or ""] if node is not None else []
        stated += [self.metas.get("og:locale", ""), self.metas.get("content-language", ""), self.metas.get("language", "")]
        language: str | None = None
        country: str | None = None
        for value in stated:
            match = _LANGUAGE.match(value.strip())
            if match is None:
                continue
            language = language or match[1].lower()
            country = country or (match[2].upper() if match[2] else None)
        return language, country

    @cached_property
    def texts(self) -> list[TextNode]:
        """Visible text nodes in reading order, squashed, empty ones left out."""
        found: list[TextNode] = []
        if self.body is None:
            return found
        nodes = [node for node in self.body.traverse(include_text=True) if node.is_text_node]
        # All texts in one call of the parser: NUL parts them, since no parsed text holds one.
        whole = self.body.text(separator="\0")
        texts: list[str] = whole.split("\0")
        if len(texts) != len(nodes):
            texts = [node.text_content or "" for node in nodes]
        clean = not _has_unseen_sign(whole)
        for text, node in zip(texts, nodes, strict=True):
            words = text[:MAX_NODE_TEXT].split()
            if words:
                found.append(TextNode(" ".join(words) if clean else squash(text[:MAX_NODE_TEXT]), node))
        return found[:MAX_TEXTS]

    @cached_property
    def visible(self) -> str:
        """The visible text, pieces joined by spaces, at most half a million characters."""
        return " ".join([text for text, _ in self.texts if text])[:500_000]

    def has(self, word: str) -> bool:
        """Whether the source holds a lower-case text; asked often, answered once."""
        known = self._has.get(word)
        if known is None:
            known = self._has[word] = word.encode() in self._lower
        return known

    @cached_property
    def part_names(self) -> str:
        """The beginnings of all attribute values of the source, each once, in lower case: what its parts may be called."""
        return b" ".join(set(_VALUE.findall(self._lower))).decode("utf-8", "replace")

    def names_any(self, words: tuple[str, ...]) -> bool:
        """Whether a part of the page may be called one of these; answered once for each tuple."""
        known = self._names_any.get(words)
        if known is None:
            known = self._names_any[words] = any(word in self.part_names for word in words)
        return known

    @cached_property
    def data_keys(self) -> frozenset[str]:
        """Names of all `data-` attributes of the source (and of what its scripts write), in lower case."""
        return frozenset(key.decode() for key in set(_DATA_KEY.findall(self._lower)))

    @cached_property
    def site_names(self) -> tuple[str, ...]:
        """Names the site goes by: og:site_name and the labels of its host, letters only."""
        host = urlsplit(self.canonical or self.url).hostname or ""
        parts = host.split(".")
        second = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL
        labels = parts[-3:-2] if second else parts[-2:-1]
        home = [
            text
            for link in self.tree.css('a[href="/"], a[rel="home"]')[:4]
            for text in (node_text(link, 60), *(i.attributes.get("alt") or "" for i in link.css("img")[:1]))
            if text
        ]
        twitter = self.metas.get("twitter:site", "").lstrip("@")
        names = [
            self.metas.get("og:site_name", ""),
            self.metas.get("application-name", ""),
            twitter,
            *labels,
            *[t for t in home if len(t) <= 25 and loose(t) not in ("home", "startseite", "accueil", "inicio", "главная")],
        ]
        return tuple(dict.fromkeys(name for value in names if len(name := loose(value)) > 2))

    def absolute(self, href: str | None) -> str | None:
        """An http(s) address, or None for what is not one."""
        if not href or len(href) > 4000:
            return None
        joined = self._join(self.base, href.strip())
        return joined if joined.startswith(("http://", "https://")) else None

    @staticmethod
    def _join(base: str, href: str) -> str:
        try:
            return urljoin(base, href)
        except ValueError:
            return ""


def unique(nodes: list[LexborNode]) -> list[LexborNode]:
    """Each element once: a selector list answers an element once for every selector that it matches."""
    return list({node.mem_id: node for node in nodes}.values())


def node_text(node: LexborNode, limit: int = MAX_NODE_TEXT) -> str:
    """Text of an element, pieces joined by spaces."""
    return squash(node.text(separator=" ")[:limit])


def class_names(node: LexborNode) -> str:
    """Everything that names an element's part: class, id, test ids; lower case."""
    attributes = node.attributes
    return " ".join(
        value
        for key in ("class", "id", "data-testid", "data-test", "data-qa", "data-cy", "itemprop", "data-role")
        if (value := attributes.get(key))
    ).lower()
