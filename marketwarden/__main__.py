"""`python -m marketwarden`: the same program as the `marketwarden` command."""

from __future__ import annotations

import sys

from marketwarden.launcher import main

if __name__ == "__main__":
    sys.exit(main())
