"""The jobs: each module of this package is one, with its `JOB`."""
