"""Balance between work, study and home, as a calculation: no database, no clock, no web.

A day is planned as one of its possible *patterns* (which block at the workplace, which block of
study, or none); a week is a sequence of seven patterns; a plan is a week for every week. All
rules that live inside a day are settled while patterns are listed, all rules between days inside
a week while weeks are built, and only the totals are left to a small integer programme that
proves the optimum.

`solve.best` is the door. `check` judges a plan by the rules alone and shares no code with the
rest; `alternatives`, `repair`, `conflict` and `cohort` are built upon the door.
"""

VERSION = "2"
