"""Matching of names in listing texts and a first, explained assessment of what is offered."""
