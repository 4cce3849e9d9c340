"""The first code that runs: makes the rooms importable, then hands over to the command line.

In a checkout the rooms lie beside this package; in the wheel they lie in `marketwarden/app`, because their names are
too general to be installed at the top of everybody's environment. It must import no room before the path is right.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP_FOLDER = Path(__file__).resolve().parent / "app"


def prepare(app_folder: Path = APP_FOLDER) -> None:
    """Put the wheel's rooms first on the path and keep tldextract from downloading its list on first use."""
    if app_folder.is_dir():
        place = str(app_folder)
        sys.path[:] = [place, *(entry for entry in sys.path if entry != place)]
    os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")


def main() -> int:
    """Run one command; the exit code is 0, 1, 2 or 3 as `docs/operations.md` lists them.

    A typed error of ours ends in one line on standard error and its own exit code. Anything else is a fault of the
    program and keeps its traceback.
    """
    prepare()
    from domain.errors import MarketwardenError
    from marketwarden.cli import app

    try:
        app(prog_name="marketwarden")
    except MarketwardenError as error:
        sys.stderr.write(f"marketwarden: {type(error).__name__}: {error}\n")
        return error.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
