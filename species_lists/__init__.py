"""Our own lists of taxa, dated entries of the Appendices, names and lexicons; every row states its source."""
