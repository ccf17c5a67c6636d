"""Counting in parts, out of core, on engines."""
