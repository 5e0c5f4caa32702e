"""Builds on disk: made beside the current one, checked, published in one atomic step."""
