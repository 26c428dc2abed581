"""What may not stand in a file of the repository."""
