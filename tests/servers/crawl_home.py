"""Crawls a home's due draws and writes how each platform's child process ended, as JSON: `python -m tests.servers.crawl_home HOME`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from marketwarden.bootstrap import open_house
from marketwarden.crawl import crawl_due

if __name__ == "__main__":
    with open_house(Path(sys.argv[1])) as house:
        json.dump([asdict(crawl) for crawl in crawl_due(house, progress=lambda _platform, _done, _pages: None)], sys.stdout)
