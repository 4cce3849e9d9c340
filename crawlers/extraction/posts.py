"""Messages of a thread or a channel: how many, by whom, and the first one's author, time and text."""
# ruff: noqa: E501 - words and patterns that belong together stay on one line

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from crawlers.extraction.document import Document, class_names, node_text, unique
from crawlers.extraction.facts import Facts

MAX_POSTS = 500
_BLOCKS = (
    '[itemtype*="DiscussionForumPosting" i] [itemtype*="Comment" i]',
    "[data-author]",
    'article[id^="post"], li[id^="post"], div[id^="post_"], div[id^="post-"], table[id^="post"], div[id^="p"][class*="post" i], article[id^="p"][class*="post" i]',
    '[class*="message_wrap" i], [class*="message-wrap" i]',
    '[class*="messagetext" i], [class*="message_text" i], [class*="message-text" i]',
    '[class*="postbody" i], [class*="post-body" i], [class*="post_body" i], [class*="postcontent" i], [class*="topic-post" i], [class*="post_message" i], [class*="wall_post" i], [class*="comment-body" i], [class*="crawler-post" i], [class*="post_wrapper" i], article[id^="elComment"], [class*="comment-post" i], [class*="postmessage" i], [id^="postmessage_"], [class*="tweet-text" i], [class*="post-content" i]',
    '[class~="post"], [class~="message"], [class~="comment"], [class~="reply"]',
)
_AUTHOR = '[itemprop="author"], [itemprop="creator"], [rel="author"], [class*="username" i], [class*="author" i], [class*="poster" i], [class*="owner_name" i], [class*="userinfo" i] a, [class*="from_author" i], [data-user-card], [class~="authi"] a, a[href*="space-uid"], a[href*="action=profile"], a[href*="/members/"], a[href*="/user/"], a[href*="profile"], a[href*="member.php"], a[href*="memberlist"]'
_TIME = 'time[datetime], [itemprop="datePublished"], abbr[title], [class*="datetime" i], [class*="date" i], [class*="time" i]'
_BODY = '[itemprop="text"], [itemprop="articleBody"], blockquote, [class*="message_text" i], [class*="messagetext" i], [class*="bbwrapper" i], [class*="postbody" i] .content, [class*="content" i], [class*="body" i], [class*="text" i]'


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """The messages of a page."""

    count: int = 0
    authors: int = 0
    author: str | None = None
    author_url: str | None = None
    posted: str | None = None
    """Time of the first message as the page writes it."""
    text: str | None = None


NONE = Posts()


def read_posts(document: Document) -> Posts:
    """The first kind of block that repeats; nothing when none does."""
    for selector in _BLOCKS:
        blocks = _outermost(unique(document.tree.css(selector))[:MAX_POSTS])
        if len(blocks) >= 2 and sum(len(node_text(b, 2000)) for b in blocks[:5]) >= (40 if selector != "[data-author]" else 120) * min(
            5, len(blocks)
        ):
            return _posts(document, blocks)
    return NONE


def _outermost(blocks: list[LexborNode]) -> list[LexborNode]:
    known = {block.mem_id for block in blocks}
    kept = []
    for block in blocks:
        node = block.parent
        for _ in range(12):
            if node is None or node.mem_id in known:
                break
            node = node.parent
        if node is None or node.mem_id not in known:
            kept.append(block)
    return kept


def _posts(document: Document, blocks: list[LexborNode]) -> Posts:
    authors = [_author(document, block) for block in blocks]
    names = {name for name, _ in authors if name}
    first = blocks[0]
    name, url = authors[0]
    body = next((node for node in first.css(_BODY)[:6] if len(node_text(node, 200)) > 10), first)
    return Posts(count=len(blocks), authors=len(names), author=name, author_url=url, posted=_time(first), text=node_text(body) or None)


def _author(document: Document, block: LexborNode) -> tuple[str | None, str | None]:
    link = None
    for scope in (block, block.parent, block.parent.parent if block.parent is not None else None):
        if scope is None or (scope is not block and scope.tag in ("body", "main", "ol", "ul")):
            break
        for node in scope.css(_AUTHOR)[:4]:
            text = node_text(node, 120).strip(" ,:·•")
            if 1 < len(text) <= 60 and not re.fullmatch(r"[\d\W]+", text):
                anchor = node if node.tag == "a" else node.css_first("a[href]")
                link = document.absolute(anchor.attributes.get("href")) if anchor is not None else None
                return text, link
    stated = block.attributes.get("data-author")
    return (stated, link) if stated else (None, None)


def _time(block: LexborNode) -> str | None:
    for scope in (block, block.parent):
        if scope is None or scope.tag in ("body", "main"):
            continue
        for node in scope.css(_TIME)[:6]:
            attributes = node.attributes
            said = attributes.get("datetime") or attributes.get("content") or attributes.get("title") or node_text(node, 80)
            if said and re.search(r"\d", said) and len(said) <= 60 and "location" not in class_names(node):
                return said.strip()
    return None


def facts_of_posts(posts: Posts) -> Facts:
    """What the first message says of the page as a thread or a channel."""
    facts = Facts(source="text")
    facts.say("seller", posts.author)
    facts.say("seller_url", posts.author_url)
    facts.say("posted_at", posts.posted)
    facts.say("description", posts.text)
    return facts
