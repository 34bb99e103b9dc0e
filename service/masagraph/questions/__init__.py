"""Stored questions: the catalogue, their parameters, their answers."""
