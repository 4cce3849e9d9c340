"""What this machine has and lacks. It looks, starts a browser for a moment, and changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.clock import Clock, system_clock
from marketwarden import machine

FONT_LANGUAGES = {"zh": "Chinese", "th": "Thai", "ar": "Arabic"}
FONT_PACKAGES = ("fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji")
OLDEST_PYTHON = (3, 11)
OLDEST_JAVA = 17
"""The oldest Java that the Elasticsearch nodes of `make elasticsearch` run on."""
FREE_BYTES = 2 * 1024**3
"""Room for the demo home, a browser profile and an Elasticsearch node, with a margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding; `remedy` is the exact command or step that mends it, empty when nothing is to be done."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = True
    """False for parts that only the Elasticsearch engine's tests use."""


def checks(*, folder: Path | None = None, clock: Clock = system_clock) -> list[Check]:
    """Every check, in the order in which a person would mend them; `folder` is where captures will be written."""
    browser = machine.find_browser()
    return [
        check_python(),
        check_sqlite(),
        check_browser(browser),
        check_sandbox(browser),
        *(check_font(language) for language in FONT_LANGUAGES),
        check_disk(folder or Path.cwd()),
        check_clock(clock()),
        check_java(),
        check_maven(),
    ]


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> Check:
    """Python is new enough."""
    ok = version[:2] >= OLDEST_PYTHON
    remedy = "" if ok else machine.install_line("python3", "python3-venv")
    return Check(name="python", ok=ok, detail=".".join(str(part) for part in version), remedy=remedy)


def check_sqlite() -> Check:
    """The SQLite of this Python has full-text search, which the embedded index needs."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("create virtual table words using fts5(word)")
    except sqlite3.OperationalError as error:
        remedy = "use a Python whose sqlite3 module was built with FTS5 (Debian's and python.org's are)"
        return Check(name="sqlite", ok=False, detail=f"{sqlite3.sqlite_version}: {error}", remedy=remedy)
    finally:
        connection.close()
    return Check(name="sqlite", ok=True, detail=f"{sqlite3.sqlite_version} with FTS5")


def check_browser(browser: Path | None) -> Check:
    """A Chromium is installed and answers with its version."""
    if browser is None:
        return Check(name="browser", ok=False, detail="no Chromium found", remedy=machine.browser_remedy())
    version = machine.output_of([str(browser), "--version"], seconds=20)
    if version is None:
        return Check(name="browser", ok=False, detail=f"{browser} does not start", remedy=machine.browser_remedy())
    return Check(name="browser", ok=True, detail=f"{version.strip().splitlines()[-1].strip()} ({browser})")


def check_sandbox(browser: Path | None) -> Check:
    """Chromium starts with its sandbox on; hostile pages are never opened without it."""
    if browser is None:
        return Check(name="sandbox", ok=False, detail="not tried: no Chromium", remedy=machine.browser_remedy())
    problem = machine.start_sandboxed(browser)
    if problem is None:
        return Check(name="sandbox", ok=True, detail="Chromium draws a page with its sandbox on")
    return Check(name="sandbox", ok=False, detail=problem, remedy=machine.sandbox_remedy())


def check_font(language: str) -> Check:
    """A font for the script of `language` (ISO 639-1) is there, or screenshots would show empty boxes."""
    fonts = machine.output_of(["fc-list", f":lang={language}", "family"], seconds=20)
    name = f"font-{language}"
    if fonts is None:
        return Check(name=name, ok=False, detail="fc-list is not there", remedy=machine.install_line("fontconfig", *FONT_PACKAGES))
    families = sorted({line.split(",")[0].strip() for line in fonts.splitlines() if line.strip()})
    detail = f"{len(families)} families for {FONT_LANGUAGES[language]}, such as {families[0]}" if families else "none"
    return Check(name=name, ok=bool(families), detail=detail, remedy="" if families else machine.install_line(*FONT_PACKAGES))


def check_disk(folder: Path) -> Check:
    """There is room where captures are written."""
    free = shutil.disk_usage(folder).free
    detail = f"{free / 1024**3:.1f} GiB free for {folder}"
    return Check(name="disk", ok=free >= FREE_BYTES, detail=detail, remedy="" if free >= FREE_BYTES else "free at least 2 GiB")


def check_clock(now: datetime) -> Check:
    """The clock is not before the program's own files: times in evidence come from it."""
    written = datetime.fromtimestamp(Path(__file__).stat().st_mtime, tz=UTC)
    synchronised = machine.output_of(["timedatectl", "show", "--property=NTPSynchronized", "--value"], seconds=5)
    known = {"yes": "synchronised", "no": "not synchronised"}.get((synchronised or "").strip(), "synchronisation unknown")
    ok = now >= written - timedelta(days=1)
    remedy = "" if ok else "set the clock (timedatectl set-ntp true) before anything is captured"
    return Check(name="clock", ok=ok, detail=f"{now.isoformat(timespec='seconds')}, {known}", remedy=remedy)


def check_java() -> Check:
    """A Java that can run an Elasticsearch node."""
    java, version = machine.find_java()
    ok = version is not None and version >= OLDEST_JAVA
    detail = f"{version} ({java})" if version is not None else "no Java found"
    return Check(name="java", ok=ok, detail=detail, remedy="" if ok else machine.install_line("default-jre-headless"), needed=False)


def check_maven() -> Check:
    """Maven, which fetches the Elasticsearch node for `make elasticsearch`."""
    found = shutil.which("mvn")
    return Check(
        name="maven", ok=found is not None, detail=found or "not found", needed=False, remedy="" if found else machine.install_line("maven")
    )


def as_dict(check: Check) -> dict[str, object]:
    """The check for `doctor --json`."""
    return asdict(check)


def table(found: Sequence[Check]) -> str:
    """The checks as lines for a terminal, each remedy below its finding."""
    width = max((len(check.name) for check in found), default=0)
    lines: list[str] = []
    for check in found:
        state = "ok     " if check.ok else "MISSING" if check.needed else "absent "
        lines.append(f"{state}  {check.name:<{width}}  {check.detail}")
        if check.remedy and not check.ok:
            lines.append(f"{'':9}{'':{width}}  -> {check.remedy}")
    return "\n".join(lines)


def exit_code(found: Sequence[Check]) -> int:
    """0 when every needed part is there, else 3 (the environment lacks something)."""
    return 0 if all(check.ok for check in found if check.needed) else 3
