"""The cards a pupil reads, and the lessons a teacher shows."""
