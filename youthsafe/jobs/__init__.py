"""What runs by the clock; each job can run again at any time and finds nothing left to do."""
