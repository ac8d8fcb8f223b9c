"""What a release delivers, for outsiders who compare it with what a server delivers."""
