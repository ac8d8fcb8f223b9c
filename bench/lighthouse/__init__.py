"""`make audit`: what Lighthouse says of the public pages on a made-up phone, from the real server."""
