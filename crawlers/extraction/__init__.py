"""Extraction: what a stored page says, read from its bytes alone. Pure; no network, no clock, no platform's name in code."""

from crawlers.extraction.extractor import GenericExtractor
from crawlers.extraction.pagejson import page_json

__all__ = ["GenericExtractor", "page_json"]
