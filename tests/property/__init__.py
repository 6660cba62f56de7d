"""Properties of calendars: laws, and an oracle that shares no code with the library."""
