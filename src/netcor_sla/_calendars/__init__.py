"""When the desk is open, and arithmetic with the time it is."""
