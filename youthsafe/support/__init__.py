"""Helplines and services; shown with the database down too."""
