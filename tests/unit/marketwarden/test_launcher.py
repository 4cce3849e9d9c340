"""The launcher: path, environment and exit codes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from domain.errors import ConfigurationError, EnvironmentMissing, IntegrityError
from marketwarden import launcher


@pytest.fixture(autouse=True)
def untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Path and environment are as before after each test."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setenv("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")


def outcome(monkeypatch: pytest.MonkeyPatch, error: BaseException | None) -> int:
    """The exit code when the command line ends with `error`."""

    def app(**_: object) -> None:
        if error is not None:
            raise error

    cli = ModuleType("marketwarden.cli")
    cli.app = app
    monkeypatch.setitem(sys.modules, "marketwarden.cli", cli)
    return launcher.main()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (None, 0),
        (SystemExit(), 0),
        (SystemExit(0), 0),
        (SystemExit(2), 2),
        (SystemExit("words"), 1),
        (IntegrityError("the log and the store disagree"), 1),
        (ConfigurationError("unknown field", file="a.yml", line=3), 2),
        (EnvironmentMissing("no browser"), 3),
    ],
)
def test_exit_codes(monkeypatch: pytest.MonkeyPatch, error: BaseException | None, code: int):
    """Each kind of end has the exit code that the documentation promises."""
    assert outcome(monkeypatch, error) == code


def test_typed_error_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """A typed error names file and line on standard error, without a traceback, and leaves standard output to machines."""
    outcome(monkeypatch, ConfigurationError("unknown field", file="a.yml", line=3))

    assert capsys.readouterr() == ("", "marketwarden: ConfigurationError: a.yml:3: unknown field\n")


def test_fault_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch):
    """An error that nobody foresaw is not hidden."""
    with pytest.raises(ZeroDivisionError):
        outcome(monkeypatch, ZeroDivisionError())


def test_wheel_rooms_come_first_once(tmp_path: Path):
    """The folder of the rooms is first on the path, once, however often it is prepared."""
    sys.path.append(str(tmp_path))
    launcher.prepare(tmp_path)
    launcher.prepare(tmp_path)

    assert sys.path[0] == str(tmp_path)
    assert sys.path.count(str(tmp_path)) == 1


def test_checkout_path_is_left_alone(tmp_path: Path):
    """Without that folder (a checkout) the path is not changed."""
    before = list(sys.path)
    launcher.prepare(tmp_path / "app")

    assert sys.path == before


@pytest.mark.parametrize(("given", "after"), [(None, ""), ("file:///list", "file:///list")])
def test_suffix_list_is_not_downloaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str | None, after: str):
    """The suffix list is never fetched behind the operator's back, and an operator's own choice stays."""
    if given is None:
        monkeypatch.delenv("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS")
    else:
        monkeypatch.setenv("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", given)
    launcher.prepare(tmp_path / "app")

    assert os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] == after
