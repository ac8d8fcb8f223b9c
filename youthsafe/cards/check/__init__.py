"""What a pupil does alone, to see where they stand: nothing of it is sent or kept."""
