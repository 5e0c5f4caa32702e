"""Yanju (言据): answers from a library of speeches in which every word has its source."""

__version__ = "0.1.0"
