"""Query workers: processes that share one loaded snapshot, reach nothing, and can be killed."""
