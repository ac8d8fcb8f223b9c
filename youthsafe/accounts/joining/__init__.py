"""Joining: what an invited person's browser asks and gives before anybody knows it."""
