"""The dataset for Python: a session that answers with data frames, networks and graphs."""
