"""`youthsafe-recover`: opens reports offline with the recovery kit. The server never imports this room."""
