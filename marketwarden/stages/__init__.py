"""The stages between sealed bytes and the index, one module each, in the order in which they run."""
