"""The end of a report: what is due, the purge that erases it, and the ledger of what is gone."""
