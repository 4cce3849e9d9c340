"""Looks at the machine: programs, their versions, and the command that installs what is missing. Installs nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
JAVA_HOMES = Path("/usr/lib/jvm")
CHECKOUT = Path(__file__).resolve().parents[1]
"""Where `make setup` keeps a browser that Playwright downloaded; in an installed wheel nothing lies there."""
NOBODY = 65534
"""The user without rights: as root, Chromium refuses its sandbox, so a browser is started as somebody else."""


def output_of(command: Sequence[str], *, seconds: float, environment: dict[str, str] | None = None) -> str | None:
    """What a program that ended well wrote (its standard error when nothing else, as Java does), or None when it did not end well."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=seconds, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout or done.stderr) if done.returncode == 0 else None


def find_browser() -> Path | None:
    """The system's Chromium, or one that Playwright downloaded."""
    for name in BROWSER_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    downloads = [CHECKOUT / ".cache" / "browsers", Path(os.path.expanduser("~/.cache/ms-playwright"))]  # noqa: PTH111 (no home: no error)
    if os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        downloads.insert(0, Path(os.environ["PLAYWRIGHT_BROWSERS_PATH"]))
    found_there = (program for folder in downloads for program in sorted(folder.glob("chromium-*/chrome-linux*/chrome"), reverse=True))
    return next(found_there, None)


def start_sandboxed(browser: Path) -> str | None:
    """Draw an empty page with the sandbox on, in a profile that is thrown away; None when it worked, else what went wrong."""
    with tempfile.TemporaryDirectory(prefix="marketwarden-doctor-", ignore_cleanup_errors=True) as profile:
        command = [
            str(browser), "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-dev-shm-usage", f"--user-data-dir={profile}", "--dump-dom", "data:text/html,<p>drawn</p>",
        ]  # fmt: skip
        if os.geteuid() == 0:
            setpriv = shutil.which("setpriv")
            if setpriv is None:
                return "running as root, and setpriv (util-linux) is not there to start Chromium as another user"
            os.chown(profile, NOBODY, NOBODY)
            command = [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]
        answer = output_of(command, seconds=40, environment={**os.environ, "HOME": profile})
    if answer is None:
        return "Chromium does not start with its sandbox on"
    return None if "drawn" in answer else "Chromium started and drew nothing"


def find_java() -> tuple[Path | None, int | None]:
    """The newest Java and its major version: JAVA_HOME, the search path, and what lies in /usr/lib/jvm."""
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    homes += sorted(JAVA_HOMES.glob("*")) if JAVA_HOMES.is_dir() else []
    candidates = [home / "bin" / "java" for home in homes]
    on_path = shutil.which("java")
    candidates = ([Path(on_path)] if on_path else []) + candidates
    best: tuple[Path | None, int | None] = (None, None)
    seen: set[Path] = set()
    for java in candidates:
        if not java.exists() or java.resolve() in seen:
            continue
        seen.add(java.resolve())
        version = java_major(output_of([str(java), "-version"], seconds=30) or "")
        if version is not None and (best[1] is None or version > best[1]):
            best = (java, version)
    return best


def java_major(text: str) -> int | None:
    """The major version from the answer of `java -version`; "1.8.0" is 8."""
    found = re.search(r'version "(?:1\.)?(\d+)', text)
    return int(found.group(1)) if found else None


def distribution(text: str | None = None) -> str:
    """The id of the distribution ("debian", "ubuntu"), "" when unknown."""
    if text is None:
        release = Path("/etc/os-release")
        text = release.read_text(encoding="utf-8", errors="replace") if release.exists() else ""
    found = re.search(r'^ID="?([a-z0-9._-]+)', text, re.MULTILINE)
    return found.group(1) if found else ""


def install_line(*packages: str) -> str:
    """The command that installs Debian packages here; elsewhere, what to look for."""
    if shutil.which("apt-get") is None:
        return f"install with your system's package manager what Debian calls: {' '.join(packages)}"
    prefix = "" if os.geteuid() == 0 else "sudo "
    return f"{prefix}apt-get install --no-install-recommends {' '.join(packages)}"


def browser_remedy() -> str:
    """How to get a Chromium; Ubuntu's package is a snap, which cannot run in a container and has no place for our profile."""
    if distribution() == "ubuntu":
        return "Ubuntu's chromium package is a snap; run: .venv/bin/python -m playwright install --with-deps chromium"
    return install_line("chromium")


def sandbox_remedy() -> str:
    """How to let Chromium have its sandbox."""
    if distribution() == "ubuntu":
        return "give this browser an AppArmor profile that allows user namespaces (docs/operations.md, Ubuntu)"
    return "allow unprivileged user namespaces: sysctl kernel.unprivileged_userns_clone=1 (docs/operations.md, Sandbox)"
