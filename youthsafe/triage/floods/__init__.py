"""Floods: what is sealed cannot be told from junk by its content, so reports are closed by hour and step of work."""
