"""The ground floor of every room's addresses: how a route is declared, and what its JSON looks like."""
