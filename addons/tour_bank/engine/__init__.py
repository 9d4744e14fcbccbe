"""Files to and from banks, and what their lines settle: plain Python, no records."""
