"""Characters, numerals and sentences of Chinese official writing."""
