"""Assessments and answers as tables, CSV and JSON."""
