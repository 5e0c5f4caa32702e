"""Yanju measured beside what a user would pick instead; run by hand, asserts no time."""
