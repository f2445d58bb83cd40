"""Forms about the partnership: they validate, and never save."""
