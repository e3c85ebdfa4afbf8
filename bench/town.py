"""What every subject does the same work on: a town of 10,000 volunteers, and the requests that are sent for it."""
import datetime

VOLUNTEERS, UNITS, REWARDS, COORDINATORS, PER_BULK = 10_000, 100, 100, 16, 500
# Service of the last days: what is older is late, and one person alone does not credit it.
DAYS = 8
FIRST_DAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date() - datetime.timedelta(days=DAYS + 1)
WINDOW = {"start": f"{FIRST_DAY}T00:00:00+08:00", "end": f"{FIRST_DAY + datetime.timedelta(days=DAYS)}T00:00:00+08:00"}
MINUTES, TURNS_A_DAY = 90, 15


def interval(turn):
    """Ninety minutes of their own for each turn, one day after the other: nobody serves twice at once."""
    assert turn < DAYS * TURNS_A_DAY, "more than can be served in these days"
    day = (FIRST_DAY + datetime.timedelta(days=turn % DAYS)).isoformat()
    at = lambda minute: f"{day}T{minute // 60:02}:{minute % 60:02}:00+08:00"
    start = turn // DAYS * MINUTES
    return {"start": at(start), "end": at(start + MINUTES)}


class Town:
    """Hourbook's town: an activity in each of many units, all who serve have points, there are rewards to be had."""

    def __init__(self, ledger):
        with ledger.serve() as server:
            self.bureau = server.post("/v1/units", {"code": "BUREAU", "name": "Bureau", "kind": "bureau"})["id"]
            self.appoint(server)
            # Who enters a record credits it in the same step: one entry a record, as former programs were measured.
            server.post(f"/v1/units/{self.bureau}/crediting-policy", {
                "one_person_minutes": {"a_record": MINUTES, "a_month": 44_640}, "leader_hours": 240})
            schools = [{"code": f"S{at}", "name": f"School {at}", "kind": "school", "parent": self.bureau} for at in range(UNITS)]
            units = [made["id"] for made in server.post_all("/v1/units", schools)]
            server.post("/v1/points-policies", {
                "effective_from": "2020-01-01", "points_per_hour": "1.00", "points_per_count": "0.00",
                "earning_grades": ["leader"], "validity": {"kind": "unlimited"}})
            programmes = server.post_all("/v1/programmes", [{"unit": unit, "name": "Lake"} for unit in units])
            held = zip(units, programmes)
            activities = [{"programme": made["id"], "unit": unit, "name": "Lake", "window": WINDOW} for unit, made in held]
            self.activities = [made["id"] for made in server.post_all("/v1/activities", activities)]
            reward = {"unit": self.bureau, "name": "Cup", "price": "0.10", "stock": 1_000_000, "hold_days": 7}
            self.rewards = [made["id"] for made in server.post_all("/v1/rewards", [reward] * REWARDS)]
            self.scarce = lambda stock: reward | {"stock": stock}
            people = [person(at, units[at % UNITS]) for at in range(VOLUNTEERS)]
            self.volunteers = [made["id"] for made in server.post_all("/v1/volunteers", people)]
            # Everybody has served once, so that everybody has points.
            admin, server.token = server.token, ledger.command("token", "--login", "coordinator-0").strip()
            for _, path, body in self.bulks(VOLUNTEERS // PER_BULK, first_turn=0):
                answers = server.post(path, body)["items"]
                assert all(answer["status"] == "accepted" for answer in answers), answers[0]
            server.token = admin
        self.tokens = [ledger.command("token", "--login", f"coordinator-{at}").strip() for at in range(COORDINATORS)]

    def appoint(self, server):
        for at in range(COORDINATORS):
            login = f"coordinator-{at}"
            server.post("/v1/operators", {
                "login": login, "name": login, "role": "coordinator", "unit": self.bureau,
                "document": {"kind": "passport", "number": f"P{at:07}"}})

    def record(self, number, first_turn, activities):
        """Ninety credited minutes of volunteer `number` modulo all."""
        turn, volunteer = divmod(number, VOLUNTEERS)
        activity = activities[number % len(activities)]
        return {"activity": activity, "volunteer": self.volunteers[volunteer], "evidence": "leader", "credit": True} | interval(first_turn + turn)

    def singles(self, count, one_activity=False):
        activities = self.activities[:1] if one_activity else self.activities
        return [("POST", "/v1/service-records", self.record(number, 1, activities)) for number in range(count)]

    def bulks(self, count, first_turn=1):
        items = lambda at: [self.record(number, first_turn, self.activities) for number in range(at * PER_BULK, (at + 1) * PER_BULK)]
        return [("POST", "/v1/service-records/bulk", {"items": items(at)}) for at in range(count)]

    def accounts(self, count):
        return [("GET", f"/v1/volunteers/{self.volunteers[number % VOLUNTEERS]}/account", None) for number in range(count)]

    def redemptions(self, count, rewards):
        redemption = lambda number: {"reward": rewards[number % len(rewards)], "volunteer": self.volunteers[number % VOLUNTEERS]}
        return [("POST", "/v1/redemptions", redemption(number)) for number in range(count)]


def person(number, unit):
    return {"unit": unit, "name": f"Volunteer {number}", "gender": "female", "birth_date": "1990-01-01",
            "document": {"kind": "passport", "number": f"E{number:08}"}, "mobile": f"138{number:08}",
            "consent": {"given_at": "2024-01-01T00:00:00+08:00", "text_version": "1"}}
