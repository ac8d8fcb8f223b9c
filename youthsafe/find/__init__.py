"""Search over what a phone keeps; the phone does the searching, and is asked by nobody what for."""
