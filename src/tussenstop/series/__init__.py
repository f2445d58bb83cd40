"""Dates for many conversations at once: those of a teacher with sixty students, or of a mentor with
four, found together and then proposed one by one."""
