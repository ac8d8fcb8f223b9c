"""What this borough's people know of the pack's helplines: who tried one and when, what differs here, who is silent."""
