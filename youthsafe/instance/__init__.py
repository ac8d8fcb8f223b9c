"""Whose server this is: the instance, its teams and their keys, and what the root signed (bundle and roster)."""
