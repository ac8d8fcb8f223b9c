"""What runs by the clock: a registry of jobs, and the runner that gives each to one machine at a time."""
