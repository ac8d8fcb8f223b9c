"""The public door: the report form, accepting a sealed report, and the reporter's mailbox."""
