"""The staff door's work: the inbox, one report, claiming, answering, closing. Only sealed bytes pass through here."""
