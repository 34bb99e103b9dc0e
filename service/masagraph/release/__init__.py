"""Releases: the dataset as dated, reproducible files, and what differs between two of them."""
