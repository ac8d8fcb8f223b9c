"""The staff as a coordinator sees them: who is here, who was invited, and a second factor that was lost."""
