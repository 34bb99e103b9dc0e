"""Linked data: what the service is, what the dataset is, and each thing under its own name."""
