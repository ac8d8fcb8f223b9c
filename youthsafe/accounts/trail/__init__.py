"""The audit trail at the desk: who reads which chains of it, in words that the browser makes."""
