"""The market as a process of its own: `python -m demo --port-file FILE`; serves until it is told to stop (SIGTERM or SIGINT).

The port file is written when all ports are open: a JSON object of platform id and base URL.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from demo.market import PLATFORMS, Market
from demo.server import MarketServer


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; 0 at the end, 3 when a port is taken or the port file cannot be written."""
    parser = argparse.ArgumentParser(prog="python -m demo", description="Serve the demonstration market on loopback.")
    parser.add_argument("--port-file", type=Path, help="write {platform: base URL} here when the ports are open")
    parser.add_argument("--round", type=int, default=1, help="the round to start with, from 1 (default 1)")
    for platform in PLATFORMS:
        parser.add_argument(f"--{platform}-port", type=int, default=0, metavar="PORT", help="default: a free port")
    options = parser.parse_args(arguments)
    if options.round < 1:
        parser.error("rounds are counted from 1")
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    ports = {platform: getattr(options, platform.replace("-", "_") + "_port") for platform in PLATFORMS}
    try:
        with MarketServer(Market(round_number=options.round), ports=ports) as server:
            _announce(server.base_urls, options.port_file)
            stopped.wait()
    except OSError as error:
        sys.stderr.write(f"the market cannot open: {error}\n")
        return 3
    return 0


def _announce(base_urls: dict[str, str], file: Path | None) -> None:
    text = json.dumps(base_urls, indent=1) + "\n"
    if file is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    part = file.with_name(file.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)


if __name__ == "__main__":
    sys.exit(main())
