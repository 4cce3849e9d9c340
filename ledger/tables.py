"""Every table; append-only unless it stands in `MUTABLE`. Migrations build what stands here."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ledger.columns import Json, UtcTime

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


draw = Table(
    "draw", metadata, _id(),
    Column("programme", String, nullable=False), Column("purpose", String, nullable=False), Column("arm", String, nullable=False),
    Column("platform", String, nullable=False), Column("term", String), Column("url", Text),
    Column("inclusion_probability", Float), Column("due", UtcTime, nullable=False),
    Column("max_pages", Integer, nullable=False), Column("max_items", Integer, nullable=False), Column("reason", Text),
    Column("cell", String, nullable=False, unique=True), Index("draw_platform_due", "platform", "due"),
)  # fmt: skip

draw_result = Table(
    "draw_result", metadata, Column("draw", BigInteger, primary_key=True, autoincrement=False),
    Column("outcome", String, nullable=False), Column("stop_reason", Text, nullable=False),
    Column("started", UtcTime, nullable=False), Column("ended", UtcTime, nullable=False),
    Column("pages", Integer, nullable=False), Column("seen", Integer, nullable=False), Column("new", Integer, nullable=False),
    Column("bytes_received", BigInteger, nullable=False), Column("errors", Integer, nullable=False),
)  # fmt: skip

hit = Table(
    "hit", metadata, _id(),
    Column("draw", BigInteger, nullable=False), Column("capture", BigInteger, nullable=False), Column("rank", Integer, nullable=False),
    Column("platform", String, nullable=False), Column("native_id", String, nullable=False), Column("url", Text, nullable=False),
    Column("title", Text),
    Index("hit_draw", "draw"), Index("hit_listing", "platform", "native_id"),
)  # fmt: skip

capture = Table(
    "capture", metadata, _id(),
    Column("draw", BigInteger, nullable=False), Column("platform", String, nullable=False), Column("role", String, nullable=False),
    Column("url", Text, nullable=False), Column("status", Integer), Column("outcome", String, nullable=False),
    Column("at", UtcTime, nullable=False), Column("payload_digest", String, nullable=False), Column("parent", BigInteger),
    Column("log", String, nullable=False), Column("position", BigInteger, nullable=False), Column("body", Json, nullable=False),
    UniqueConstraint("log", "position"), Index("capture_parent", "parent"), Index("capture_draw", "draw"),
    Index("capture_role", "role", "id"), Index("capture_at", "at"), Index("capture_url", "url"),
)  # fmt: skip

location = Table(
    "location", metadata,
    Column("capture", BigInteger, nullable=False), Column("record", Integer, nullable=False), Column("tier", String, nullable=False),
    Column("segment", String, nullable=False), Column("offset", BigInteger, nullable=False), Column("length", BigInteger, nullable=False),
    PrimaryKeyConstraint("capture", "record"), Index("location_segment", "segment"),
)  # fmt: skip

log_mark = Table("log_mark", metadata, Column("log", String, primary_key=True), Column("next_position", BigInteger, nullable=False))

outbox = Table(
    "outbox", metadata, _id(),
    Column("table", String, nullable=False), Column("row", BigInteger, nullable=False), Column("digest", String, nullable=False),
    Column("at", UtcTime, nullable=False), Column("position", BigInteger), Index("outbox_position", "position"),
)  # fmt: skip

listing = Table(
    "listing", metadata, _id(),
    Column("platform", String, nullable=False), Column("native_id", String, nullable=False), Column("url", Text, nullable=False),
    Column("revision", BigInteger, nullable=False), Column("first_seen", UtcTime, nullable=False),
    UniqueConstraint("platform", "native_id"),
)  # fmt: skip

listing_version = Table(
    "listing_version", metadata, _id(),
    Column("listing", BigInteger, nullable=False), Column("capture", BigInteger, nullable=False), Column("at", UtcTime, nullable=False),
    Column("content_digest", String, nullable=False), Column("extractor", String, nullable=False), Column("body", Json, nullable=False),
    Index("listing_version_listing", "listing", "id"), Index("listing_version_capture", "capture"),
)  # fmt: skip

listing_body = Table(
    "listing_body", metadata, Column("version", BigInteger, primary_key=True, autoincrement=False), Column("fields", Json, nullable=False)
)

sighting = Table(
    "sighting", metadata, _id(),
    Column("listing", BigInteger, nullable=False), Column("capture", BigInteger, nullable=False), Column("kind", String, nullable=False),
    Column("at", UtcTime, nullable=False), Index("sighting_listing", "listing", "id"),
)  # fmt: skip

matching = Table(
    "matching", metadata, _id(),
    Column("version", BigInteger, nullable=False), Column("matcher", String, nullable=False), Column("mentions", Json, nullable=False),
    Column("at", UtcTime, nullable=False), UniqueConstraint("version", "matcher"), Index("matching_matcher", "matcher", "id"),
)  # fmt: skip

assessment = Table(
    "assessment", metadata, _id(),
    Column("version", BigInteger, nullable=False), Column("matching", BigInteger, nullable=False),
    Column("assessor", String, nullable=False),
    Column("verdict", String, nullable=False), Column("flagged", Boolean, nullable=False), Column("probability", Float, nullable=False),
    Column("body", Json, nullable=False), Column("at", UtcTime, nullable=False),
    UniqueConstraint("matching", "assessor"), Index("assessment_version", "version", "id"), Index("assessment_assessor", "assessor", "id"),
)  # fmt: skip

link = Table(
    "link", metadata, _id(),
    Column("a", BigInteger, nullable=False), Column("b", BigInteger, nullable=False), Column("kind", String, nullable=False),
    Column("evidence", Json, nullable=False), Column("strength", Float, nullable=False), UniqueConstraint("a", "b", "kind"),
)  # fmt: skip

stage_done = Table(
    "stage_done", metadata,
    Column("stage", String, nullable=False), Column("version", String, nullable=False), Column("record", BigInteger, nullable=False),
    Column("outcome", String, nullable=False), Column("at", UtcTime, nullable=False), PrimaryKeyConstraint("stage", "version", "record"),
)  # fmt: skip

lease = Table(
    "lease", metadata,
    Column("stage", String, nullable=False), Column("record", BigInteger, nullable=False), Column("holder", String, nullable=False),
    Column("until", UtcTime, nullable=False), PrimaryKeyConstraint("stage", "record"),
)  # fmt: skip

issue = Table(
    "issue", metadata, _id(),
    Column("stage", String, nullable=False), Column("record", BigInteger, nullable=False), Column("code", String, nullable=False),
    Column("message", Text, nullable=False), Column("at", UtcTime, nullable=False),
)  # fmt: skip

indexed = Table(
    "indexed", metadata,
    Column("engine", String, nullable=False), Column("listing", BigInteger, nullable=False), Column("revision", BigInteger, nullable=False),
    PrimaryKeyConstraint("engine", "listing"),
)  # fmt: skip

officer = Table(
    "officer", metadata, _id(),
    Column("name", String, nullable=False, unique=True), Column("role", String, nullable=False), Column("at", UtcTime, nullable=False),
)  # fmt: skip

event = Table(
    "event", metadata, _id(),
    Column("officer", BigInteger), Column("act", String, nullable=False), Column("object", String, nullable=False), Column("why", Text),
    Column("at", UtcTime, nullable=False),
)  # fmt: skip

queue_item = Table(
    "queue_item", metadata, _id(),
    Column("listing", BigInteger, nullable=False), Column("version", BigInteger, nullable=False), Column("assessment", BigInteger),
    Column("reason", String, nullable=False), Column("sampling_probability", Float), Column("priority", Float, nullable=False),
    Column("parts", Json, nullable=False), Column("at", UtcTime, nullable=False), Column("due", UtcTime),
    UniqueConstraint("version", "reason"), Index("queue_item_listing", "listing", "id"), Index("queue_item_priority", "priority"),
)  # fmt: skip

decision = Table(
    "decision", metadata, _id(),
    Column("item", BigInteger, nullable=False), Column("version", BigInteger, nullable=False),
    Column("officer", BigInteger, nullable=False),
    Column("role", String, nullable=False), Column("verdict", String, nullable=False), Column("taxon", String), Column("product", String),
    Column("quantity", String), Column("unit", String), Column("reason_code", String), Column("note", Text),
    Column("at", UtcTime, nullable=False), Index("decision_item", "item"), Index("decision_version", "version"),
)  # fmt: skip

approval = Table(
    "approval", metadata, _id(),
    Column("officer", BigInteger, nullable=False), Column("act", String, nullable=False), Column("object", String, nullable=False),
    Column("at", UtcTime, nullable=False), UniqueConstraint("officer", "act", "object"),
)  # fmt: skip

MUTABLE = {"location", "log_mark", "outbox", "listing", "listing_body", "lease", "indexed"}
"""Tables in which rows may change or go; every other table takes inserts only."""
