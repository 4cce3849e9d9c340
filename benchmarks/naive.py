"""The naive reading of the same job, as a process of its own.

Scrapy defaults, extruct, PhraseMatcher, scikit-learn, warcio, single index calls.
"""

from __future__ import annotations

import io
import json
import logging
import sqlite3
import sys
import time
from collections import defaultdict
from pathlib import Path
from tempfile import mkdtemp


def main(address: str, count: int) -> None:
    """Crawl and process `count` pages; prints CPU seconds by stage as JSON."""
    import os

    os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""
    logging.disable(logging.WARNING)
    import extruct
    import scrapy
    import spacy
    from parsel import Selector
    from scrapy.crawler import CrawlerProcess
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from spacy.matcher import PhraseMatcher
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    from species_lists.index import load

    nlp = spacy.blank("xx")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    names = [term.text for term in load(Path("species_lists")).terms()]
    matcher.add("NAMES", list(nlp.pipe(names)))
    texts = ["ivory tusk carved", "wooden table lamp", "parrot live for sale", "phone charger cable"] * 50
    model = make_pipeline(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)), LogisticRegression()).fit(texts, [1, 0, 1, 0] * 50)
    folder = Path(mkdtemp(prefix="naive-"))
    archive = (folder / "pages.warc.gz").open("wb")
    writer = WARCWriter(archive, gzip=True)
    database = sqlite3.connect(folder / "index.db")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(url, body)")
    spent: dict[str, float] = defaultdict(float)
    done = 0

    def timed(stage: str, act):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        start = time.process_time()
        answer = act()
        spent[stage] += time.process_time() - start
        return answer

    class Naive(scrapy.Spider):
        name = "naive"
        custom_settings = {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}  # noqa: RUF012

        async def start(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
            for number in range(count):
                yield scrapy.Request(f"http://{address}/ad/{number}")

        def parse(self, response):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            nonlocal done
            done += 1
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            timed(
                "seal",
                lambda: writer.write_record(
                    writer.create_warc_record(response.url, "response", io.BytesIO(response.body), http_headers=headers)
                ),
            )
            timed("extract", lambda: extruct.extract(response.text, base_url=response.url, errors="ignore"))
            text = timed("extract", lambda: " ".join(Selector(response.text).xpath("//h1//text()|//p//text()").getall()))
            document = timed("match", lambda: nlp(text[:4000]))
            timed("match", lambda: matcher(document))
            timed("assess", lambda: model.predict_proba([text[:4000]]))

            def index() -> None:
                database.execute("INSERT INTO words VALUES (?, ?)", (response.url, text))
                database.commit()

            timed("index", index)

    process = CrawlerProcess()
    process.crawl(Naive)
    whole = time.process_time()
    process.start()
    whole = time.process_time() - whole
    archive.close()
    spent["fetch"] = whole - sum(spent.values())
    print(json.dumps({"pages": done, "whole": whole, **spent}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
