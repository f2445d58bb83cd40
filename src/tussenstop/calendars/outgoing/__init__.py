"""One's days in Tussenstop, in the calendar program that one uses already."""
