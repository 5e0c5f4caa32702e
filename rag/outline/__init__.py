"""Document text in, speeches with their outline trees out."""
