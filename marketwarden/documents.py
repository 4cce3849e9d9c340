"""What the ledger knows of a listing, as the index document: no handle, phone, e-mail, URL or name in it."""

from __future__ import annotations

from domain.contacts import mask_contacts
from domain.index import ListingDocument
from domain.text import index_tokens
from ledger.projection import DocumentSource

_STRICTEST = ("I", "I/II", "II", "III")
_LONGEST_TEXT = 50_000


def document_of(source: DocumentSource, *, log: str, demo: bool) -> ListingDocument:
    """The document of a listing at its revision."""
    listing, version, judged = source.listing, source.version, source.assessment
    title, text = _texts(source)
    appendices = {taxon.appendix for taxon in judged.taxa} if judged else set()
    return ListingDocument(
        id=listing.id, revision=listing.revision, month=listing.first_seen.strftime("%Y.%m"), platform=listing.platform,
        kind=str(version.kind), title=title, tokens=index_tokens(f"{title} {text}"),
        language=version.language or (judged.language if judged else None),
        country=version.country, price=None if version.price is None else float(version.price), currency=version.currency,
        category=version.category, seller=version.seller, first_seen=listing.first_seen,
        last_seen=source.sighting.at if source.sighting else version.at, status=str(source.sighting.kind) if source.sighting else "present",
        verdict=str(judged.verdict) if judged else None, probability=judged.probability if judged else None,
        flagged=judged.flagged if judged else False, intent=str(judged.intent) if judged else None,
        specimen=str(judged.specimen) if judged else None,
        taxa=tuple(dict.fromkeys(taxon.taxon for taxon in judged.taxa)) if judged else (),
        appendix=next((each for each in _STRICTEST if each in appendices), None), products=judged.product if judged else (),
        decision=str(source.decision.verdict) if source.decision else None, queued=source.queued,
        captures=tuple(capture.id for capture in source.captures),
        records=tuple(record.digest for capture in source.captures for record in capture.records),
        log=log, positions=tuple(capture.position for capture in source.captures), demo=demo,
    )  # fmt: skip


def _texts(source: DocumentSource) -> tuple[str, str]:
    """Title and description with contacts and the seller's names masked; empty when the text has expired."""
    if source.body is None:
        return "", ""
    fields = source.body.fields
    names = tuple(name for name in (fields.seller, fields.seller_url, *fields.contacts) if name)
    return mask_contacts((fields.title or "")[:_LONGEST_TEXT], *names), mask_contacts((fields.description or "")[:_LONGEST_TEXT], *names)
