"""Dictionaries of categories and the files that hold them."""
