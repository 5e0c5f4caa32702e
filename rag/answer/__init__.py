"""A question in, verbatim spans out, each through the quote gate."""
