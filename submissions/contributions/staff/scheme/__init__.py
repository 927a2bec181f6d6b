"""The coding scheme of a consultation: two levels of codes, named in every language."""
