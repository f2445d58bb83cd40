"""Who goes where: stable matching of students and places, on arrays.

Plain Python on numpy, HiGHS and (optionally) numba; no web, no database, no clock but its own time
limits. Import the modules, not this package: they load numeric libraries, so only background jobs
import them.

    market      what goes in, and what is wrong with it
    solve       the one door: a market in, an outcome out
    check       an independent judge of any outcome
    reasons     why each wish went as it did
    welfare     what stability costs
    candidates  which places could suit whom, before anybody wishes
"""
