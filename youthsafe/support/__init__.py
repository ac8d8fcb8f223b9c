"""The pages of who can help; shown with the database down too."""
