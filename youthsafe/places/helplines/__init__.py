"""The pack's helplines at the desk: who is due, an alert, and what differs here."""
