"""Copies of the whole database, made beside a running server and put back in its place while it stands still."""
