"""Meaning and words: the model, its vectors, BM25, and one hybrid result."""
