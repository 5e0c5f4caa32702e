"""A language model may write: what it is told, how it is read, and what of it is let through."""
