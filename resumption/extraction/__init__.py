"""Dimensions of a figure, one module each; `observe.py` links them."""
