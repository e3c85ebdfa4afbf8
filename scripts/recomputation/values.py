"""Ids, instants, days and amounts, as the journal and the service write them."""
import datetime, re

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MICROSECOND = datetime.timedelta(microseconds=1)
DAY = datetime.timedelta(days=1)
MICROS_A_MINUTE = 60_000_000

KINDS_OF_IDS = {
    "unit": 1, "volunteer": 2, "programme": 3, "activity": 4, "record": 5, "transfer": 6, "policy": 7, "reward": 8,
    "redemption": 9, "operator": 10, "lot": 11, "certificate": 12, "objection": 13, "correction": 14, "star_scheme": 51,
    "assessment_scheme": 52, "pledge": 53, "model_post": 54, "training": 55, "honour": 56, "identity_change": 60, "access": 64,
    "merge": 61, "rating": 75,
}


def id_of(kind, seq):
    """The id of the thing that an entry made: a UUID of version 8 with the entry's number, the kind and check bits."""
    number = KINDS_OF_IDS[kind]
    check = spread(seq ^ number << 48)
    high = seq << 16 | 0x8000 | number
    low = check & ~(0b11 << 62) | 0b10 << 62
    digits = f"{high << 64 | low:032x}"
    return "-".join([digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]])


def seq_of(thing_id):
    """The entry that made the thing."""
    return int(thing_id.replace("-", "")[:12], 16)


def spread(bits):
    """The finaliser of SplitMix64."""
    mask = (1 << 64) - 1
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9 & mask
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB & mask
    return bits ^ bits >> 31


def micros_of(text):
    """Microseconds since 1970 of an RFC 3339 instant."""
    return (datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH) // MICROSECOND


def instant(micros):
    """The instant as the journal writes it."""
    return None if micros is None else (EPOCH + micros * MICROSECOND).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def local_day(micros):
    """The city's calendar day of an instant."""
    return (EPOCH + micros * MICROSECOND).astimezone(SHANGHAI).date()


def end_of_day(day):
    """The instant at which a day of the city ends."""
    midnight = datetime.datetime.combine(day + DAY, datetime.time(), SHANGHAI)
    return (midnight - EPOCH) // MICROSECOND


def day_of(text):
    return datetime.date.fromisoformat(text)


def month_of(day):
    return f"{day.year:04}-{day.month:02}"


def add_months(day, months):
    """So many calendar months later; the last day of a shorter month."""
    at = day.year * 12 + day.month - 1 + months
    first_of_next = datetime.date((at + 1) // 12, (at + 1) % 12 + 1, 1)
    last = (first_of_next - DAY).day
    return datetime.date(at // 12, at % 12 + 1, min(day.day, last))


def decimal(hundredths):
    """Points or a factor as the service writes them."""
    sign, size = "-" if hundredths < 0 else "", abs(hundredths)
    return f"{sign}{size // 100}.{size % 100:02}"


def ten_thousandths(value):
    return f"{value // 10_000}.{value % 10_000:04}"


INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$")


def comparable(value):
    """The value with every instant in one form, whatever offset it was written with."""
    if isinstance(value, str) and INSTANT.match(value):
        return instant(micros_of(value))
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: comparable(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [comparable(inner) for inner in value]
    return value
