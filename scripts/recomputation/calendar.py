"""Working days: Monday to Friday, but for the days that are marked otherwise."""
from .values import DAY, local_day

FARTHEST_DAYS = 365


def nth_working_day_after(day, count, marks):
    """The day that is so many working days after a day, or 365 days after it where that is sooner."""
    reached, left = day, count
    for _ in range(FARTHEST_DAYS):
        if left == 0:
            break
        reached += DAY
        left -= is_working(reached, marks)
    return reached


def is_working(day, marks):
    return marks.get(day, "rest" if day.weekday() >= 5 else "working") == "working"


def last_day(end):
    """The day of the last instant before an end: what ends at midnight ends on the day before."""
    return local_day(end - 1)
