"""The reporter's pages as journeys use them. Elements are found by what is the same in every language."""
