"""How a gap is found: view, inference, engine, outcomes, findings."""
