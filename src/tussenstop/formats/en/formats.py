"""English as Europeans write it: the day first, the clock of 24 hours."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "d/m/Y"
LINE_DATE_FORMAT = "j M"  # our own: under a stop on the line
