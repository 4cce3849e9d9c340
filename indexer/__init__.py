"""The index: documents, two engines behind one port. A projection of the ledger, never the source of truth."""
