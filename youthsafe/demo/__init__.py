"""`youthsafe demo`: makes keys, sign-ins and fictional data for one machine. The server never imports this room."""
