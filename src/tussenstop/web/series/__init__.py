"""Pages on which dates for many conversations are looked for at once."""
