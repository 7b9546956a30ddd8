"""Answers as files for a spreadsheet."""
