"""What the page shows: escaped HTML of answers, source cards and the library."""
