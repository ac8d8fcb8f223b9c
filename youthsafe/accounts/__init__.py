"""The staff door's people: members, sign-in with two factors, sessions, the roster and key grants."""
