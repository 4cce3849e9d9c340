"""Finds Chromium and starts it so that its sandbox stays on, under root too."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import subprocess
from pathlib import Path

from domain.errors import EnvironmentMissing

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_USER = "marketwarden-browser"
_TIMEOUT = 20

FLAGS = (
    "--disable-gpu", "--disable-http2", "--disable-quic", "--no-first-run", "--no-default-browser-check", "--no-pings",
    "--disable-background-networking", "--disable-component-update", "--disable-component-extensions-with-background-pages",
    "--disable-sync", "--disable-domain-reliability", "--disable-client-side-phishing-detection", "--disable-default-apps",
    "--disable-extensions", "--disable-breakpad", "--metrics-recording-only", "--dns-prefetch-disable",
    "--proxy-bypass-list=<-loopback>", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)  # fmt: skip
"""HTTP/1.1 only, nothing of the browser's own, loopback through the proxy too, no way round it by UDP."""


def find_chromium() -> Path:
    """The system's browser; raises EnvironmentMissing and says how to get it."""
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    raise EnvironmentMissing("no Chromium here; on Debian and Ubuntu: apt-get install chromium", field="chromium")


def unprivileged_user(*, create: bool, name: str = _USER) -> str:
    """The user that the browser runs as when we are root; makes it if allowed, else raises EnvironmentMissing."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        useradd = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        if not create or useradd is None:
            raise EnvironmentMissing(
                f"the browser does not run as root; make a user for it: useradd --system {name}", field="user"
            ) from None
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
        made = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)
        if made.returncode != 0:
            raise EnvironmentMissing(f"the user {name} could not be made: {made.stderr.decode(errors='replace').strip()}") from None
    return name


def write_launcher(chromium: Path, folder: Path, user: str) -> Path:
    """A script in `folder` that hands the profile to `user` and starts Chromium as that user, sandbox on.

    `folder` becomes the browser's home. Needs setpriv (util-linux).
    """
    if shutil.which("setpriv") is None:
        raise EnvironmentMissing("setpriv is missing; on Debian and Ubuntu: apt-get install util-linux", field="setpriv")
    entry = pwd.getpwnam(user)
    home = folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, entry.pw_uid, entry.pw_gid)
    folder.chmod(0o755)
    script = folder / "chromium"
    script.write_text(
        "#!/bin/sh\n"
        f'for a in "$@"; do case "$a" in --user-data-dir=*) chown -R {user} "${{a#--user-data-dir=}}";; esac; done\n'
        f"cd {shlex.quote(str(home))}\n"
        f"exec setpriv --reuid={entry.pw_uid} --regid={entry.pw_gid} --clear-groups env HOME={shlex.quote(str(home))} "
        f'{shlex.quote(str(chromium))} "$@"\n'
    )
    script.chmod(0o755)
    return script
