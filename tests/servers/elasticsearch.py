"""A real Elasticsearch node on loopback, from the small distribution that Elastic publishes for plugin tests.

As a program (`python -m tests.servers.elasticsearch`) it runs until Ctrl-C and prints its address; as a fixture it
serves a session of tests. It needs Maven once, to fetch, and Java 17 or 21 and later, to run.
"""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "elasticsearch"
VERSIONS = ((21, "9.2.8"), (17, "8.19.8"))
"""Lowest Java and the newest server that it runs."""
_ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:{version}:zip"
_USER = "marketwarden-test"


class NotAvailable(Exception):
    """What is missing, and how to get it."""


@dataclass(frozen=True)
class Node:
    """A running node."""

    url: str
    version: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End it as its manual says: SIGTERM to its own process."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def kill(self) -> None:
        """Unplug it."""
        self.process.kill()
        self.process.wait()


def java_homes() -> list[tuple[int, Path]]:
    """(major version, home) of every Java here, newest first."""
    candidates = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    candidates += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").exists() else []
    on_path = shutil.which("java")
    if on_path:
        candidates.append(Path(on_path).resolve().parents[1])
    found: dict[Path, int] = {}
    for home in candidates:
        program = home / "bin" / "java"
        if not program.exists() or home.resolve() in found:
            continue
        said = subprocess.run([str(program), "-version"], capture_output=True, text=True, check=False).stderr
        version = re.search(r'version "(\d+)', said)
        if version:
            found[home.resolve()] = int(version[1])
    return sorted(((major, home) for home, major in found.items()), reverse=True)


def choose() -> tuple[str, Path]:
    """Newest server that a Java here can run, and that Java; raises NotAvailable."""
    homes = java_homes()
    for lowest, version in VERSIONS:
        for major, home in homes:
            if major >= lowest:
                return version, home
    raise NotAvailable("no Java 17 or later: apt-get install openjdk-17-jre-headless")


def fetch(version: str) -> Path:
    """The unpacked server; fetched with Maven once and kept in `.cache/`."""
    target = CACHE / f"elasticsearch-{version}"
    if target.exists():
        return target
    maven = shutil.which("mvn")
    if maven is None:
        raise NotAvailable("Maven is missing: apt-get install maven")
    CACHE.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [maven, "-q", "-B", "dependency:copy", f"-Dartifact={_ARTIFACT.format(version=version)}", f"-DoutputDirectory={CACHE}"],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    archive = CACHE / f"elasticsearch-{version}.zip"
    if done.returncode != 0 or not archive.exists():
        raise NotAvailable(f"Maven could not fetch Elasticsearch {version}: {(done.stdout + done.stderr).strip()[-400:]}")
    unpacking = Path(mkdtemp(dir=CACHE))
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(unpacking)
    for program in (unpacking / f"elasticsearch-{version}" / "bin").iterdir():
        program.chmod(0o755)
    (unpacking / f"elasticsearch-{version}").rename(target)
    unpacking.rmdir()
    archive.unlink()
    return target


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _owner() -> tuple[int, int] | None:
    """Elasticsearch refuses to run as root: the user to run it as, made once; None when we are an ordinary user."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", _USER], check=True)
        entry = pwd.getpwnam(_USER)
    return entry.pw_uid, entry.pw_gid


def start(folder: Path, *, port: int | None = None) -> Node:
    """Start a node with data, configuration and logs below `folder`; returns when it answers. Raises NotAvailable."""
    version, java = choose()
    server = fetch(version)
    home = folder / "server"
    if not home.exists():
        # a copy of our own: the node's user must be able to read it, wherever the checkout lies
        shutil.copytree(server, home)
    config, data, logs = folder / "config", folder / "data", folder / "logs"
    for each in (config, data, logs):
        each.mkdir(exist_ok=True)
    http, transport = port or free_port(), free_port()
    shutil.copy(home / "config" / "log4j2.properties", config)
    options = (home / "config" / "jvm.options").read_text(encoding="utf-8").replace("gc.log", f"{logs}/gc.log")
    (config / "jvm.options").write_text(options.replace(f"logs/{logs}", str(logs)), encoding="utf-8")
    (config / "elasticsearch.yml").write_text(
        f"cluster.name: marketwarden-test\nnetwork.host: 127.0.0.1\nhttp.port: {http}\ntransport.port: {transport}\n"
        f"discovery.type: single-node\nnode.store.allow_mmap: false\npath.data: {data}\npath.logs: {logs}\n"
        "xpack.security.enabled: false\ncluster.routing.allocation.disk.threshold_enabled: false\n",
        encoding="utf-8",
    )
    owner = _owner()
    if owner is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, *owner)
    environment = {
        "PATH": os.environ.get("PATH", ""), "HOME": str(folder), "ES_JAVA_HOME": str(java), "ES_PATH_CONF": str(config),
        "ES_JAVA_OPTS": "-Xms512m -Xmx512m", "ES_TMPDIR": str(data),
    }  # fmt: skip
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [str(home / "bin" / "elasticsearch")], env=environment, stdout=output, stderr=subprocess.STDOUT, cwd=folder,
            **({"user": owner[0], "group": owner[1], "extra_groups": []} if owner else {}),
        )  # fmt: skip
    node = Node(url=f"http://127.0.0.1:{http}", version=version, process=process)
    try:
        _wait(node, folder / "output")
    except BaseException:
        node.stop()
        raise
    return node


def _wait(node: Node, output: Path) -> None:
    for _ in range(240):
        if node.process.poll() is not None:
            raise NotAvailable(f"Elasticsearch ended at its start: {output.read_text(encoding='utf-8', errors='replace')[-800:]}")
        try:
            with urllib.request.urlopen(f"{node.url}/_cluster/health?wait_for_status=yellow&timeout=1s", timeout=5) as answer:
                if json.load(answer)["status"] in ("green", "yellow"):
                    return
        except (urllib.error.URLError, OSError, ValueError):
            time.sleep(0.25)
    raise NotAvailable("Elasticsearch did not answer within a minute")


@contextmanager
def running() -> Iterator[Node]:
    """A node in a temporary folder that other users can enter."""
    folder = Path(mkdtemp(prefix="marketwarden-es-"))
    folder.chmod(0o755)
    node = None
    try:
        node = start(folder)
        yield node
    finally:
        if node is not None:
            node.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run until Ctrl-C."""
    try:
        with running() as node:
            sys.stdout.write(f"Elasticsearch {node.version} at {node.url}; Ctrl-C ends it\n")
            sys.stdout.flush()
            node.process.wait()
    except KeyboardInterrupt:
        return 0
    except NotAvailable as missing:
        sys.stderr.write(f"{missing}\n")
        return 3
    return 1


if __name__ == "__main__":
    sys.exit(main())
