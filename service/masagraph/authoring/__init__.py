"""Describe an arrangement in a workbook, and take a workbook in: no Turtle needed."""
