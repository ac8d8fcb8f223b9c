"""Alerts: what is told while a team reads, and what the desk says of it. Nothing here knows what waits."""
