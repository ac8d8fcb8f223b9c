"""The cards in other formats, made for printing."""
