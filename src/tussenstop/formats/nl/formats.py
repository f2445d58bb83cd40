"""Dutch as in Flanders."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "d/m/Y"
LINE_DATE_FORMAT = "j b"  # our own: under a stop on the line
