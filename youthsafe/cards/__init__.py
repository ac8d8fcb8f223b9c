"""The content pack, and the cards a pupil reads."""
