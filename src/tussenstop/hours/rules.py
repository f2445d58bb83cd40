"""What a day of hours can be. Pure facts."""

DAY = 24 * 60  # minutes
LONGEST_PAUSE = 4 * 60
BACK_DAYS = 400  # so long after a day one can still write it down
