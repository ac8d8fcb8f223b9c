"""Mail to members: settings at the desk, letters without content, delivery by SMTP, and what is said before an end."""
