"""Alembic migrations, run by `Ledger.migrate`."""
