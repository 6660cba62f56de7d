"""What happened to a ticket, and where it stands."""
