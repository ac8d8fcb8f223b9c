"""What both doors share: sealed bytes, and the facts about them that the server may know."""
