"""Learns the weights of `resumption/lexicon/learnt` from annotated articles: `python -m training FOLDER …`."""
