"""Corpus files in, immutable document text out."""
