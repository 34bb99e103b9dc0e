"""Accountability and membership as graphs, what is measured of them, and the files they go into."""
