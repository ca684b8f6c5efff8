"""One reader a format: the bytes of a file to its records, in their order."""
