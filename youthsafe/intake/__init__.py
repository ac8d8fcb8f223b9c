"""When reports are taken: bank holidays for the calendar of reading hours, and stopping at once."""
