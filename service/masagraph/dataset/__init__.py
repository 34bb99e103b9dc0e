"""Files to named graphs: reading, integrity, rules, quotes, and the snapshot on disk."""
