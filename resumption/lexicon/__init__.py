"""Data of the language with typed loaders: no code that reads a text stands here."""
