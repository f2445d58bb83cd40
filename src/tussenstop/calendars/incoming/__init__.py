"""Calendars from elsewhere, read into one's own: a school timetable, a work roster, the family."""
