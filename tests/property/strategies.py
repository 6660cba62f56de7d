"""Calendars of every kind that the data form allows, and instants where they are difficult.

Calendars are drawn in their data form, so that a failing example can be read and pasted.
Everything of one case lies around one date, its anchor: special dates, extra windows and
instants meet each other there, and the years that have to be read are few.
"""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from itertools import pairwise
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import event
from hypothesis import strategies as st

from netcor_sla import BusinessCalendar

Form = dict[str, Any]
Pairs = list[list[str]]

MICROSECOND: Final = timedelta(microseconds=1)
DAY: Final = timedelta(days=1)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFSETS: Final = ("UTC", "+00:00", "+01:00", "-03:30", "+05:45", "+14:00", "-12:00", "+23:59")
PLACES: Final = (
    "Europe/Berlin",
    "Europe/Dublin",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/Nuuk",
    "America/Havana",
    "America/Sao_Paulo",
    "Asia/Pyongyang",
    "Asia/Beirut",
)
BAVARIA: Final = {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]}
SOURCES: Final = (None, None, "DE-NI", "DE-NI", "DE", "AT", BAVARIA)

# Around these dates something happens: the end of a year, a leap day, a holiday.
DATES: Final = (
    *(date(year, month, day) for year in (2019, 2023, 2027) for month, day in ((12, 24), (12, 31))),
    *(date(year, 2, 29) for year in (2000, 2016, 2024, 2028, 2096)),
    date(2011, 12, 30),  # which Pacific/Apia left out
    date(2017, 10, 31),  # a holiday in all of Germany, that year only
    date(2026, 4, 3),
    date(2026, 5, 1),
    date(2026, 10, 3),
    date(2099, 12, 31),
)
# The minutes of the day where clocks change, and those at which desks like to open.
MINUTES: Final = (
    *(0, 1, 29, 30, 59, 60, 61, 90, 105, 119, 120, 121, 150, 165, 179, 180, 181, 240, 360),
    *(510, 720, 780, 1020, 1320, 1380, 1410, 1439, 1440),
)


class Case(NamedTuple):
    """A calendar's data form, and instants and amounts to ask it about."""

    form: Form
    at: tuple[datetime, ...] = ()
    amounts: tuple[timedelta, ...] = ()

    def calendar(self) -> BusinessCalendar:
        """Build the calendar anew."""
        return BusinessCalendar.from_dict(self.form)


def exact(at: datetime) -> int:
    """Count microseconds in UTC, since datetimes of one zone compare by their wall clocks."""
    return (at.astimezone(UTC) - EPOCH) // MICROSECOND


def moved(at: datetime, microseconds: int) -> datetime:
    """Go that far along the time line and not along the wall clock; the zone stays."""
    return (at.astimezone(UTC) + microseconds * MICROSECOND).astimezone(at.tzinfo)


def place(text: str) -> tzinfo:
    """Make a zone of its name, for the tests alone."""
    if text == "UTC":
        return UTC
    if text[0] in "+-":
        offset = timedelta(hours=int(text[1:3]), minutes=int(text[4:]))
        return timezone(offset if text[0] == "+" else -offset)
    return ZoneInfo(text)


@cache
def turns(name: str) -> tuple[datetime, ...]:
    """List the instants, in UTC, at which a place changed its clocks, from 1992 to 2040."""
    zone, minute = place(name), timedelta(minutes=1)
    noons = [datetime(1992, 1, 1, 12, tzinfo=UTC) + DAY * day for day in range(49 * 365)]
    offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
    found = []
    for noon, before, after in zip(noons, offsets, offsets[1:], strict=False):
        if before != after:
            same, other = 0, 1440
            while other - same > 1:
                middle = (same + other) // 2
                kept = (noon + middle * minute).astimezone(zone).utcoffset() == before
                same, other = (middle, other) if kept else (same, middle)
            found.append(noon + other * minute)
    return tuple(found)


def changes(name: str) -> tuple[date, ...]:
    """List the dates, in UTC, on which a place changed its clocks."""
    return tuple(turn.date() for turn in turns(name))


@cache
def all_changes() -> tuple[date, ...]:
    """List the dates on which any of the places changed its clocks."""
    return tuple(sorted({day for name in PLACES for day in changes(name)}))


def clock(minute: int) -> str:
    """Write a time of day as the data form does."""
    return f"{minute // 60:02}:{minute % 60:02}"


def minute_of(text: str) -> int:
    """Read a time of day."""
    return int(text[:2]) * 60 + int(text[3:])


def minutes(first: int = 0, last: int = 1440) -> st.SearchStrategy[int]:
    """Draw minutes of the day, the difficult ones more often."""
    return st.sampled_from([each for each in MINUTES if first <= each <= last]) | st.integers(first, last)


@st.composite
def day_spans(draw: st.DrawFn, *, least: int = 0) -> Pairs:
    """Draw the spans of a day, some of them touching."""
    edges = draw(st.lists(minutes(), min_size=2 * least, max_size=8, unique=True))
    edges.sort()
    pairs = [[clock(a), clock(b)] for a, b in zip(edges[::2], edges[1::2], strict=False)]
    if pairs and draw(st.integers(0, 4)) == 0:
        opening, closing = (minute_of(text) for text in pairs.pop())
        middle = (opening + closing) // 2
        cuts = sorted({opening, middle, closing})
        pairs += [[clock(a), clock(b)] for a, b in pairwise(cuts)]
    return pairs


@st.composite
def weeks(draw: st.DrawFn) -> dict[str, Pairs]:
    """Draw the hours of a week: the usual ones, night desks, and any others."""
    kind = draw(st.sampled_from(("any", "any", "office", "nights", "change", "always", "one day")))
    if kind == "office":
        return {"mon-fri": [["08:30", "17:00"]]}
    if kind == "nights":
        return {"mon-sun": [["00:00", "06:00"], ["22:00", "24:00"]]}
    if kind == "change":
        return {"mon-sun": draw(st.sampled_from(([["01:00", "04:00"]], [["02:00", "03:00"]])))}
    if kind == "always":
        return {"mon-sun": [["00:00", "24:00"]]}
    if kind == "one day":
        return {draw(st.sampled_from(WEEKDAYS)): draw(day_spans(least=1))}
    days = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True))
    return {day: draw(day_spans(least=1)) for day in days}


@st.composite
def anchors(draw: st.DrawFn, zone: str) -> date:
    """Draw the date around which a case takes place."""
    pools: list[st.SearchStrategy[date]] = [
        st.sampled_from(DATES),
        st.sampled_from(all_changes()),
        st.dates(date(1992, 1, 1), date(2099, 12, 1)),
    ]
    if zone in PLACES and changes(zone):
        own = st.sampled_from(changes(zone))
        # Twice, since what is difficult about a zone happens on few days.
        pools += [own, own.map(lambda day: day - DAY)]
    return draw(st.one_of(pools))


@st.composite
def entries(draw: st.DrawFn) -> Any:  # noqa: ANN401 - a list or a table, as in the data form
    """Draw the hours of a special or recurring date."""
    spans = draw(day_spans())
    if draw(st.booleans()):
        return spans
    return {"spans": spans, "name": draw(st.sampled_from(("Inventur", "Übergabe", "Umzug")))}


@st.composite
def windows(draw: st.DrawFn, anchor: date, zone: tzinfo, unit: timedelta) -> list[str]:
    """Draw an extra window that starts around a date, on a grid of `unit`."""
    midnight = datetime(anchor.year, anchor.month, anchor.day, tzinfo=zone)
    start = midnight.astimezone(UTC) + timedelta(minutes=draw(st.integers(-4 * 1440, 6 * 1440)))
    length = timedelta(minutes=draw(minutes(1) | st.integers(1, 4 * 1440)))
    jitter = draw(st.integers(-2, 2)) * unit
    elsewhere = draw(st.sampled_from((zone, UTC, timezone(timedelta(hours=1)))))
    ends = (start + jitter, start + jitter + length + draw(st.integers(0, 1)) * unit)
    name = draw(st.sampled_from(([], [], ["Upgrade"], ["Umzug"])))
    return [*(end.astimezone(elsewhere).isoformat() for end in ends), *name]


@st.composite
def forms(
    draw: st.DrawFn, anchor: date, zone: str, *, grid: timedelta = MICROSECOND, extra: bool = True
) -> Form:
    """Draw a calendar's data form; `grid` is what the limits of extra windows are multiples of."""
    near = st.integers(-3, 6).map(lambda days: anchor + DAY * days)
    special = st.dictionaries(near.map(date.isoformat), entries(), max_size=3)
    yearly = near.map(lambda day: day.isoformat()[5:]) | st.sampled_from(("02-29", "12-24", "12-31", "01-01"))
    form: Form = {
        "zone": zone,
        "hours": {} if draw(st.integers(0, 9)) == 9 else draw(weeks()),
        "holidays": draw(st.sampled_from(SOURCES)),
    }
    later = st.dictionaries(near.map(date.isoformat), weeks() | st.just({}), min_size=1, max_size=2)
    optional: Form = {
        "hours_from": draw(later) if draw(st.integers(0, 2)) == 0 else {},
        "special": draw(special),
        "recurring": draw(st.dictionaries(yearly, entries(), max_size=2)),
    }
    if extra:
        drawn = draw(st.lists(windows(anchor, place(zone), grid), max_size=2))
        optional["extra"] = drawn
    if draw(st.integers(0, 4)) == 0:
        optional["business_day"] = clock(draw(minutes(1)))
    form |= {key: value for key, value in optional.items() if value}
    if not form["hours"] and not opened_specially(form):
        form["special"] = form.get("special", {}) | {anchor.isoformat(): draw(day_spans(least=1))}
    return form


def opened_specially(form: Form) -> bool:
    """Whether a special date or an extra window opens the desk."""
    return bool(form.get("extra")) or any(map(spans_of, form.get("special", {}).values()))


def spans_of(entry: Any) -> Pairs:  # noqa: ANN401 - a list or a table, as in the data form
    """Take the spans of a special or recurring date."""
    spans: Pairs = entry["spans"] if isinstance(entry, dict) else entry
    return spans


def all_pairs(form: Form) -> list[Pairs]:
    """List what the form says of any day: its spans."""
    dated = [*form.get("special", {}).values(), *form.get("recurring", {}).values()]
    weeks = [form["hours"], *form.get("hours_from", {}).values()]
    return [*(pairs for week in weeks for pairs in week.values()), *map(spans_of, dated)]


def edges(form: Form) -> list[int]:
    """List all openings and closings that the form names, as minutes of the day."""
    return sorted({minute_of(text) for day in all_pairs(form) for pair in day for text in pair})


def lengths(form: Form) -> list[int]:
    """List the lengths of all spans and days that the form names, in minutes."""
    days = [[minute_of(end) - minute_of(start) for start, end in day] for day in all_pairs(form)]
    found = {length for day in days for length in (*day, sum(day)) if length}
    return sorted(found) or [1]


@st.composite
def instants(draw: st.DrawFn, form: Form, anchor: date, grid: timedelta) -> datetime:
    """Draw an aware datetime near the anchor, of any zone, in either fold or in a gap."""
    day = anchor + DAY * draw(st.integers(-3, 5))
    own, away = place(form["zone"]), place(draw(st.sampled_from((*OFFSETS, *PLACES))))
    near = [
        turn
        for turn in (turns(form["zone"]) if form["zone"] in PLACES else ())
        if -3 <= (turn.date() - anchor).days <= 5
    ]
    turned = draw(st.booleans())
    if turned and near:
        # Either fold, or in the gap, on the clock that was right until then.
        turn = (near[0] - MICROSECOND).astimezone(own)
        wall = turn.replace(tzinfo=None, second=0, microsecond=0)
        wall += timedelta(minutes=draw(st.integers(-90, 90)))
        return wall.replace(tzinfo=own, fold=draw(st.integers(0, 1)))
    minute = draw(st.sampled_from(edges(form)) | minutes(0, 1439) if edges(form) else minutes())
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    wall += draw(st.sampled_from((0, 0, -1, 1)) | st.integers(-90, 90)) * grid
    if grid == MICROSECOND:
        wall += draw(st.sampled_from((0, 0, 1)) | st.integers(0, 59_999_999)) * grid
    fold = draw(st.integers(0, 1))
    written = draw(st.sampled_from(("at home", "at home", "converted", "away")))
    if written == "away":
        return wall.replace(tzinfo=away, fold=fold)
    at = wall.replace(tzinfo=own, fold=fold)
    return at if written == "at home" else at.astimezone(away)


@st.composite
def amounts(draw: st.DrawFn, form: Form, grid: timedelta) -> timedelta:
    """Draw an amount of business time above zero, exact day lengths and their sums among it."""
    named = st.sampled_from(lengths(form))
    total = sum(draw(st.lists(named, min_size=1, max_size=6))) * timedelta(minutes=1)
    short = st.integers(1, 3).map(lambda count: count * grid)
    near = st.integers(-1, 1).map(lambda count: max(total + count * grid, grid))
    part = st.integers(1, 1000).map(lambda share: max(total * share // 1000 // grid * grid, grid))
    return draw(short | near | near | part)


@st.composite
def cases(
    draw: st.DrawFn, *, at: int = 0, amounts_: int = 0, grid: timedelta = MICROSECOND, extra: bool = True
) -> Case:
    """Draw a calendar with that many instants and amounts to ask it about."""
    zone = draw(st.sampled_from(PLACES) | st.sampled_from(OFFSETS))
    anchor = draw(anchors(zone))
    form = draw(forms(anchor, zone, grid=grid, extra=extra))
    event("zone that changes clocks" if zone in PLACES else "fixed zone")
    return Case(
        form,
        tuple(draw(instants(form, anchor, grid)) for _ in range(at)),
        tuple(draw(amounts(form, grid)) for _ in range(amounts_)),
    )
