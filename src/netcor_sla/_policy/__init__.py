"""What is promised: levels, targets, and how days are counted."""
