"""Pages about the partnership: fetch (which asks permission), form, one action, answer."""
