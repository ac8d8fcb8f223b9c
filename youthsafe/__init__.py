"""YouthSafe: safety information and sealed reports for year 7 pupils."""

__version__ = "0.1.0"
