"""What others obtained is sealed with its origin and goes the same way; what is wrong with it is named."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from domain.capture import Role
from domain.errors import ConfigurationError
from evidence.importing import Item, read_items
from ledger import captures
from marketwarden.bootstrap import House
from marketwarden.evidence_check import check_house
from marketwarden.importing import import_path
from tests.stages.conftest import IVORY, LAMP, Market, outcomes, page

ORIGIN = "seized phone, case 12"


def origins(house: House) -> set[str | None]:
    """Origins of what was imported."""
    with house.ledger.read() as conn:
        everything = captures.get_sealed(conn, captures.captures_on(conn, house.clock().date()))
    return {each.capture.origin for each in everything if each.capture.role is Role.IMPORTED}


class Writer(WARCWriter):
    """Without the temporary files that it leaves open."""

    @classmethod
    def _create_temp_file(cls) -> io.BytesIO:
        return io.BytesIO()


def warc(*pages: tuple[str, bytes], status: str = "200 OK") -> bytes:
    """A compressed WARC of responses, by another program."""
    out = io.BytesIO()
    writer = Writer(out, gzip=True, warc_version="1.1")
    for url, body in pages:
        headers = StatusAndHeaders(status, [("Content-Type", "text/html"), ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict={"WARC-Date": "2026-10-01T08:00:00Z"}
            )
        )
    return out.getvalue()


def test_jsonl_with_bad_lines_names_them_and_takes_the_rest(market: Market, tmp_path: Path) -> None:
    """File, line and field of every mistake are named; the good rows are judged and queued, with their origin."""
    rows = [
        json.dumps({"url": "http://a-market.example/ad/1", "title": IVORY, "price": "1500", "currency": "USD"}),
        "{not json",
        json.dumps({"url": "http://a-market.example/ad/2", "title": LAMP, "price": "12,50 EUR"}),
        json.dumps({"url": "http://a-market.example/ad/3", "title": LAMP, "colour": "red"}),
        json.dumps({"url": "http://[bad/ad/4", "title": LAMP}),
        json.dumps({"url": "http://a-market.example/ad/5", "title": "half \ud800 of a pair"}),
        "[" * 100_000,
        json.dumps({"url": "http://a-market.example/ad/6", "title": LAMP, "captured_at": "2026-10-02"}),
        json.dumps(["no", "object"]),
        json.dumps({"title": LAMP}),
    ]
    path = tmp_path / "found.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    with market.open() as house:
        answer = import_path(house, path, origin=ORIGIN, platform="elsewhere")

        assert answer["sealed"] == 2
        assert answer["stopped_stages"] == {}
        problems = answer["problems"]
        assert [problem.split(": ")[1] for problem in problems] == [f"line {number}" for number in (2, 3, 4, 5, 6, 7, 9, 10)]
        assert all(problem.startswith("found.jsonl: ") for problem in problems)
        named = {2: "field price", 3: "field price", 4: "field colour", 5: "field url", 6: "field title", 10: "field url"}
        assert all(f"line {line}: {field}" in " ".join(problems) for line, field in named.items() if line != 2)
        assert origins(house) == {ORIGIN, f"{ORIGIN}; obtained 2026-10-02"}
        assert outcomes(house, "queue") == {"queued": 1, "not_flagged": 1}
        assert check_house(house)["problems"] == []


def test_csv_rows_are_read_with_lists_and_line_numbers(market: Market, tmp_path: Path) -> None:
    """A row over two lines, a row too long and a cell beyond reason: the others are read."""
    path = tmp_path / "found.csv"
    path.write_text(
        "\ufeffurl,title,description,price,currency,images\n"
        f'http://a-market.example/ad/1,"{IVORY}","two\nlines",1500,USD,http://x.example/1; http://x.example/2\n'
        "http://a-market.example/ad/2,Lamp,,5,EUR,,surplus\n"
        f'http://a-market.example/ad/3,"{"x" * 200_000}",,5,EUR,\n'
        "http://a-market.example/ad/4,Lamp,,5,euro,\n"
        f"http://a-market.example/ad/5,{LAMP.replace(',', ' ')},,5,EUR,\n",
        encoding="utf-8",
    )
    with market.open() as house:
        answer = import_path(house, path, origin=ORIGIN, platform="elsewhere")

        assert answer["sealed"] == 2
        assert [problem.split(": ")[1] for problem in answer["problems"]] == ["line 4", "line 5", "line 6"]
        assert "field currency" in answer["problems"][2]
        documents = {document.title: document for document in house.index.scan()}
        assert documents[IVORY].price == 1500
        assert documents[IVORY].platform == "a-market"


def test_a_folder_of_saved_pages_is_read_by_its_pages(market: Market, tmp_path: Path) -> None:
    """Pages below a folder are sealed under their place in it; other files and links out of it are left alone."""
    folder = tmp_path / "saved"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.html").write_bytes(page(IVORY))
    (folder / "deep" / "two.htm").write_bytes(page(LAMP))
    (folder / "notes.txt").write_text("no page")
    (tmp_path / "secret.html").write_text("not ours")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    with market.open() as house:
        answer = import_path(house, folder, origin=ORIGIN, platform="elsewhere")

        assert (answer["sealed"], answer["problems"]) == (2, [])
        assert outcomes(house, "queue") == {"queued": 1, "not_flagged": 1}
        assert origins(house) == {ORIGIN}
        assert {document.platform for document in house.index.scan()} == {"elsewhere"}


def test_warc_and_wacz_of_another_program_are_read(market: Market, tmp_path: Path) -> None:
    """Responses of a WARC, alone or in a WACZ, keep their address and their date as the source states it."""
    (tmp_path / "a.warc.gz").write_bytes(warc(("http://a-market.example/ad/1", page(IVORY))))
    with zipfile.ZipFile(tmp_path / "b.wacz", "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", warc(("http://a-market.example/ad/2", page(LAMP))))
        archive.writestr("archive/../evil.warc.gz", warc(("http://a-market.example/ad/3", page(LAMP))))
    with market.open() as house:
        first = import_path(house, tmp_path / "a.warc.gz", origin=ORIGIN, platform="elsewhere")
        second = import_path(house, tmp_path / "b.wacz", origin=ORIGIN, platform="elsewhere")

        assert (first["sealed"], first["problems"]) == (1, [])
        assert second["sealed"] == 1
        assert [("evil" in problem) for problem in second["problems"]] == [True]
        assert origins(house) == {f"{ORIGIN}; obtained 2026-10-01T08:00:00Z"}
        assert {document.title for document in house.index.scan()} == {IVORY, LAMP}


def test_the_status_that_an_archive_states_counts(market: Market, tmp_path: Path) -> None:
    """A 404 of an archive is no listing and no removal by the platform, a redirect neither."""
    body = b"<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>"
    (tmp_path / "gone.warc.gz").write_bytes(warc(("http://a-market.example/ad/1", body), status="404 Not Found"))
    (tmp_path / "moved.warc.gz").write_bytes(warc(("http://a-market.example/ad/2", page(IVORY)), status="302 Found"))
    with market.open() as house:
        import_path(house, tmp_path / "gone.warc.gz", origin=ORIGIN, platform="elsewhere")
        import_path(house, tmp_path / "moved.warc.gz", origin=ORIGIN, platform="elsewhere")
        assert outcomes(house, "extract") == {"gone": 1, "redirect": 1}
        assert list(house.index.scan()) == []


def test_a_file_of_no_known_form_is_refused(market: Market, tmp_path: Path) -> None:
    """What cannot be read is refused by name."""
    (tmp_path / "a.docx").write_bytes(b"PK")
    with market.open() as house, pytest.raises(ConfigurationError, match=r"a\.docx"):
        import_path(house, tmp_path / "a.docx", origin=ORIGIN, platform="elsewhere")


WARC = warc(*((f"http://a-market.example/ad/{number}", page(LAMP)) for number in range(3)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(WARC) - 1), value=st.integers(0, 255), end=st.integers(0, len(WARC)), packed=st.booleans())
def test_a_damaged_archive_yields_items_and_named_problems(tmp_path: Path, place: int, value: int, end: int, packed: bool) -> None:
    """Whatever byte is changed and wherever it ends, reading ends in items and problems."""
    damaged = bytearray(WARC)
    damaged[place] = value
    path = tmp_path / "x.warc.gz"
    if packed:
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("archive/x.warc.gz", WARC)
        damaged = bytearray(whole.getvalue())
        damaged[place % len(damaged)] = value
        path = tmp_path / "x.wacz"
    path.write_bytes(bytes(damaged[:end]))
    assert all(isinstance(each, Item) or each.startswith(path.name) for each in read_items(path))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300) | st.text(alphabet='{}[]":,\\u0d8\n\r\0"url title', max_size=200).map(str.encode))
def test_any_bytes_as_rows_yield_items_and_named_problems(tmp_path: Path, data: bytes) -> None:
    """Any bytes at all, as JSONL and as CSV."""
    for suffix in ("jsonl", "csv"):
        path = tmp_path / f"x.{suffix}"
        path.write_bytes(data)
        assert all(isinstance(each, Item) or each.startswith(path.name) for each in read_items(path))
