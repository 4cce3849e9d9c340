"""The ledger: what is known, decided and pending. The only SQL of the house."""
