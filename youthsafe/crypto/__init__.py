"""Formats of sealed objects (docs/envelope.md): parse and validate. Nothing in this room can open or unwrap."""
