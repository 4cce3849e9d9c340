"""Writes the platform file that an operator fills in."""

from __future__ import annotations

import re
from pathlib import Path

from domain.clock import system_clock
from domain.errors import ConfigurationError
from marketwarden.home import Home

_TEMPLATE = """# What each key means: docs/add-a-platform.md
id: {id}
name: {id}
country: null                 # ISO 3166-1 alpha-2
languages: []
base_url: {base_url}
search:
  url: "{{base}}/search?q={{term}}&page={{page}}"
  first_page: 1
listing_url: "/item/(?P<native_id>[0-9]+)"
render: http                  # browser when the items are drawn by script
robots: {{obey: true}}
lawful_basis: "FILL IN: statute and decision under which this platform is monitored"
terms_reviewed: {today}
delay_seconds: 2.0
concurrency: 1
budget: {{requests: 500, bytes: 200000000}}
"""


def write_platform_file(home: Path, platform: str, *, base_url: str) -> Path:
    """Write the file into the home's overlay; refuses to overwrite."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,48}", platform):
        raise ConfigurationError("an id is lower case letters, digits and hyphens", field="id")
    folder = Home(home).require().overlay("platforms")
    path = folder / f"{platform}.yml"
    if path.exists():
        raise ConfigurationError("is there already", file=str(path))
    path.write_text(_TEMPLATE.format(id=platform, base_url=base_url.rstrip("/"), today=system_clock().date()), encoding="utf-8")
    return path
