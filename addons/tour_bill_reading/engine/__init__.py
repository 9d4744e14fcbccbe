"""What a supplier's bill says, read from its file. Plain Python, no ORM."""
