"""The tables of the spine, and the triggers that keep append-only tables append-only.

Frozen: later changes are migrations of their own.
"""

from __future__ import annotations

from alembic import op

from ledger.append_only import guard
from ledger.migrations.tables_0001 import MUTABLE, metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table and its guard."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for table in metadata.sorted_tables:
        if table.name not in MUTABLE:
            guard(connection, table.name)
