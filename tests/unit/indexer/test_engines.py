"""One contract for every engine: the same questions, the same answers in the same order."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ConfigurationError, ProjectionError
from domain.index import ListingDocument, ListingQuery
from domain.ports import ListingIndex
from indexer.documents import from_source, to_source
from indexer.open import IndexSettings, open_index
from tests.servers.elasticsearch import Node, free_port, start
from tests.unit.indexer.conftest import START, document

TEXTS = {
    1: "Antique carved elephant ivory netsuke, signed",
    2: "Ivory coloured sofa, faux leather",
    3: "出售象牙手镯 老货",
    4: "大象 木雕 牙签",
    5: "ขายงาช้างแกะสลัก ของแท้",
    6: "ช้างไม้แกะสลัก",
    7: "عاج أصلي للبيع سن الفيل",
    8: "تمثال الفيل خشب",
    9: "Слоновая кость, фигурка, бивень",
    10: "кость говяжья для собак",
    11: "Bán ngà voi thật 100%",
    12: "voi gỗ trang trí",
    13: "हाथी दांत की चूड़ी बिक्री",
    14: "हाथी लकड़ी का खिलौना",
    15: "本象牙 印鑑 実印",
    16: "象のぬいぐるみ",
    17: "Elfenbein Figur, antik — Stoßzahn",
    18: "Python book for beginners",
    19: "ball python hatchling CB25 🐍",
    20: "dried seahorse 海马 50g",
}
QUESTIONS = [
    ("ivory", [2, 1]), ("IVORY", [2, 1]), ('"elephant ivory"', [1]), ('"ivory elephant"', []), ("elephant ivory", [1]), ("netsuke", [1]),
    ("象牙", [15, 3]), ("象", [16, 15, 4, 3]), ("牙", [15, 4, 3]), ("手镯", [3]), ("手 镯", [3]), ("牙手", [3]),
    ("งาช้าง", [5]), ("ช้าง", [6, 5]), ("ของแท้", [5]),
    ("عاج", [7]), ("الفيل", [8, 7]), ("أصلي", [7]), ("اصلي", [7]), ("عَاج", [7]),
    ("слоновая кость", [9]), ('"слоновая кость"', [9]), ("КОСТЬ", [10, 9]),
    ('"ngà voi"', [11]), ("nga voi", [11]), ("voi", [12, 11]),
    ("हाथी", [14, 13]), ('"हाथी दांत"', [13]),
    ("印鑑", [15]), ("ぬいぐるみ", [16]),
    ("elfenbein", [17]), ("stosszahn", [17]), ("stoßzahn", [17]), ("python", [19, 18]), ("🐍", [19]), ("海马 50g", [20]), ("!!!", []),
]  # fmt: skip


def ids(index: ListingIndex, text: str = "", **rest: object) -> list[int]:
    """Ids that answer a question."""
    return [each.id for each in index.search(ListingQuery(text=text, **rest)).documents]  # type: ignore[arg-type]


@pytest.fixture
def filled(index: ListingIndex) -> ListingIndex:
    """Twenty listings in eight languages, over two months."""
    assert index.write([document(number, text) for number, text in TEXTS.items()]).written == len(TEXTS)
    return index


def test_questions_in_eight_languages_have_these_answers(filled: ListingIndex) -> None:
    """Words, phrases, single characters, marks and emoji: alike on every engine."""
    assert {text: ids(filled, text) for text, _ in QUESTIONS} == dict(QUESTIONS)


def test_filters_dates_and_pages(index: ListingIndex) -> None:
    """Equal to one of the values, within a window, page by page, newest first, with the total."""
    documents = [
        document(
            number, "ivory", platform="b" if number % 3 == 0 else "a", flagged=number % 2 == 0, taxa=("Elephantidae", f"T{number % 4}")
        )
        for number in range(1, 13)
    ]
    index.write(documents)

    assert ids(index, filters={"platform": ("b",)}) == [12, 9, 6, 3]
    assert ids(index, filters={"platform": ("b",), "flagged": ("true",)}) == [12, 6]
    assert ids(index, "ivory", filters={"taxa": ("T1", "T2")}) == [10, 9, 6, 5, 2, 1]
    assert ids(index, filters={"decision": ("scam",)}) == []
    assert ids(index, since=START + timedelta(days=4), until=START + timedelta(days=6)) == [5, 4]
    first = index.search(ListingQuery(text="ivory", limit=5))
    second = index.search(ListingQuery(text="ivory", limit=5, after=first.next_after))
    third = index.search(ListingQuery(text="ivory", limit=5, after=second.next_after))
    assert [each.id for page in (first, second, third) for each in page.documents] == list(range(12, 0, -1))
    assert (first.total, third.total, third.next_after) == (12, 12, None)


def test_an_older_revision_changes_nothing(index: ListingIndex) -> None:
    """Writes may come in any order and any number of times."""
    new, old = document(1, "new words", revision=7), document(1, "old words", revision=6)

    assert index.write([new]).written == 1
    assert index.write([old]).stale == 1
    assert index.write([new]).failed == ()
    assert (ids(index, "new"), ids(index, "old"), index.count()) == ([1], [], 1)
    index.write([document(1, "newest", revision=8)])
    assert (ids(index, "new"), ids(index, "newest")) == ([], [1])


def test_what_is_deleted_is_gone(filled: ListingIndex) -> None:
    """By id, in whatever month it lies."""
    filled.delete([1, 2, 999])

    assert ids(filled, "ivory") == []
    assert filled.count() == len(TEXTS) - 2


def test_documents_come_back_as_they_were_and_a_rebuild_gives_the_same(filled: ListingIndex) -> None:
    """Every field, to the microsecond; dropping and writing again changes nothing."""
    before = list(filled.scan())
    assert before == [document(number, text) for number, text in sorted(TEXTS.items(), reverse=True)]
    filled.drop()
    filled.prepare()
    assert filled.count() == 0
    filled.write(before)

    assert list(filled.scan()) == before


def test_an_unknown_filter_is_refused(index: ListingIndex) -> None:
    """With the field named."""
    with pytest.raises(ConfigurationError, match="handle"):
        ids(index, filters={"handle": ("x",)})


@given(st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False), st.lists(st.integers(0), max_size=3))
def test_a_document_survives_its_source(text: str, price: float, captures: list[int]) -> None:
    """Dataclass to source and back is the identity."""
    made = document(3, text, price=price, captures=tuple(captures), country=None)

    assert from_source(to_source(made)) == made


def test_an_engine_that_is_away_says_so(tmp_path: Path) -> None:
    """A dead cluster is a ProjectionError, never an empty answer."""
    away = open_index(IndexSettings(engine="elasticsearch", path=tmp_path, hosts=(f"http://127.0.0.1:{free_port()}",)))

    for act in (away.prepare, away.count, lambda: away.search(ListingQuery())):
        with pytest.raises(ProjectionError):
            act()


@pytest.mark.elasticsearch
def test_a_field_that_the_mapping_does_not_know_is_refused(node: Node, tmp_path: Path) -> None:
    """`dynamic: strict`: nothing gets into the index that we did not mean to put there."""
    import json
    import urllib.error
    import urllib.request

    index = open_index(IndexSettings(engine="elasticsearch", path=tmp_path, hosts=(node.url,), prefix="strict"))
    index.prepare()
    index.write([document(1, "ivory")])
    body = json.dumps({**to_source(document(2, "x")), "handle": "someone"}).encode()
    request = urllib.request.Request(
        f"{node.url}/strict-listings-2026.10-g1/_doc/2", data=body, method="PUT", headers={"Content-Type": "application/json"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    refused.value.close()

    assert refused.value.code == 400
    index.drop()


@pytest.mark.elasticsearch
def test_a_node_that_is_unplugged_and_returns_catches_up(node: Node, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A write to a dead node fails as a whole and says so; the same write later lands once."""
    import shutil
    from tempfile import mkdtemp

    folder = Path(mkdtemp(prefix="marketwarden-es-"))
    folder.chmod(0o755)
    port = free_port()
    documents: list[ListingDocument] = [document(number, text) for number, text in TEXTS.items()]
    try:
        first = start(folder, port=port)
        index = open_index(IndexSettings(engine="elasticsearch", path=folder, hosts=(first.url,), prefix="plug"))
        index.prepare()
        index.write(documents[:5])
        first.kill()
        with pytest.raises(ProjectionError):
            index.write(documents)
        second = start(folder, port=port)
        try:
            index.prepare()
            index.write(documents)
            assert index.count() == len(documents)
        finally:
            second.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
