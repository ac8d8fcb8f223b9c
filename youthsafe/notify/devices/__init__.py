"""Devices: the browsers in which members want to be woken when something waits."""
