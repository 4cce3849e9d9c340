"""Sealed bytes and the evidence log: WARC segments, journal, Merkle tree, keeping, purging, checking. Renders nothing."""
