"""Case cards: what a team writes down of its reports, and the outcome slips that outlive them. All of it is sealed."""
