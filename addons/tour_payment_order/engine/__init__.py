"""Payment orders out of PDFs, and the bookings they pay: plain Python, no records."""
