"""What the check scripts share: an interpreter with the packages that they need, and a service to look at."""
import contextlib, datetime, json, os, pathlib, secrets, socket, subprocess, sys, time, urllib.error, urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
# As many service records as one request takes.
BULK_ITEMS = 1000


def work_folder():
    """Where the script that runs keeps what it needs and makes: target/NAME."""
    folder = ROOT / "target" / pathlib.Path(sys.argv[0]).name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def into_venv():
    """Starts the script again with an interpreter that has the packages of scripts/NAME-requirements.txt."""
    venv = work_folder() / "venv"
    if pathlib.Path(sys.prefix) == venv:
        return
    python = venv / "bin/python"
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode != 0:
        subprocess.run([ROOT / "scripts/install-debian-packages", "python3-venv"], check=True)
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    wanted = ROOT / "scripts" / f"{pathlib.Path(sys.argv[0]).name}-requirements.txt"
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--requirement", wanted]
    subprocess.run(pip, check=True)
    os.execv(python, [python, *sys.argv])


def build(*options):
    """The program, built, with --release as it is used; or the one that HOURBOOK_BINARY names."""
    if named := os.environ.get("HOURBOOK_BINARY"):
        return pathlib.Path(named)
    subprocess.run(["cargo", "build", "--locked", "--quiet", "--bin", "hourbook", *options], cwd=ROOT, check=True)
    metadata = ["cargo", "metadata", "--locked", "--format-version", "1", "--no-deps"]
    metadata = json.loads(subprocess.run(metadata, cwd=ROOT, check=True, capture_output=True).stdout)
    return pathlib.Path(metadata["target_directory"]) / ("release" if "--release" in options else "debug") / "hourbook"


class Service:
    """A service that runs, and an admin's token."""

    def __init__(self, url, token):
        self.url, self.token = url, token

    def open(self, path, body=None, accept="application/json"):
        """The answer, whatever its form; any refusal ends the script."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept": accept, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        try:
            return urllib.request.urlopen(urllib.request.Request(self.url + path, data, headers), timeout=600)
        except urllib.error.HTTPError as error:
            sys.exit(f"{path}: {error.code} {error.read().decode()}")

    def read(self, path, accept="*/*"):
        with self.open(path, accept=accept) as answer:
            return answer.read()

    def get(self, path):
        return json.loads(self.read(path, "application/json"))

    def post(self, path, body):
        with self.open(path, body) as answer:
            return json.load(answer)

    def make(self, path, body):
        """The id of what is made."""
        return self.post(path, body)["id"]

    def credited(self, record):
        """A record that we enter and somebody else credits: who enters it does not."""
        entered = self.post("/v1/service-records", record)
        return self.colleague(entered["unit"]).post(f"/v1/service-records/{entered['id']}/credit", {})

    def colleague(self, unit):
        """Another person who acts for a unit, appointed for it."""
        number = secrets.randbelow(10_000_000)
        login = {"login": f"colleague-{number}", "password": secrets.token_hex(16)}
        self.post("/v1/operators", login | {
            "name": "李老师", "role": "coordinator", "unit": unit, "document": {"kind": "passport", "number": f"P{number:07}"},
        })
        return Service(self.url, self.post("/v1/auth/login", login)["access_token"])


@contextlib.contextmanager
def demo(program, *options):
    """A service with the demo's data, new each time, in target/NAME/data; its log stays beside it."""
    folder = work_folder()
    data = folder / "data"
    subprocess.run(["rm", "-rf", data], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with open(folder / "service.log", "wb") as log:
        command = [program, "demo", "--data-dir", data, "--listen", f"127.0.0.1:{port}", *options]
        running = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for_first_checkpoint(url, running, folder / "service.log")
        yield Service(url, json.loads((data / "demo-tokens.json").read_text())["admin"])
    finally:
        running.terminate()
        running.wait()


def wait_for_first_checkpoint(url, running, log):
    """A service that has signed its journal is ready for everything."""
    for _ in range(900):
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(url + "/log/checkpoint", timeout=5).read()
        if running.poll() is not None:
            break
        time.sleep(0.2)
    sys.exit("the service did not get ready:\n" + log.read_text())


def wait_until_signed(service):
    """Waits until everything that was written is signed."""
    entries = service.get("/v1/totals/points")["as_of"]
    for _ in range(300):
        if service.get("/v1/journal/checkpoint")["size"] >= entries:
            return entries
        time.sleep(0.2)
    sys.exit("the journal is not signed")


def add_entries(service, number):
    """Lets the journal grow by so many records, credited at once, of a unit BULK; each is an entry."""
    top = next(unit["id"] for unit in service.get("/v1/units")["items"] if unit["parent"] is None)
    unit = service.make("/v1/units", {"code": "BULK", "name": "批量", "kind": "team", "parent": top})
    programme = service.make("/v1/programmes", {"unit": unit, "name": "共爱同行", "brands": []})
    monday = datetime.datetime.now(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    monday -= datetime.timedelta(days=7)
    at = lambda minute: (monday + datetime.timedelta(minutes=minute)).isoformat()
    window = {"start": at(0), "end": at(7 * 1440)}
    # One person enters and credits them all, as the unit is let.
    limits = {"one_person_minutes": {"a_record": 1, "a_month": 1000}, "leader_hours": 240}
    service.post(f"/v1/units/{unit}/crediting-policy", limits)
    clerk = service.colleague(unit)
    activity = service.make("/v1/activities", {"programme": programme, "unit": unit, "name": "我爱白龟湖", "window": window})
    for first in range(0, number, BULK_ITEMS):
        order = first // BULK_ITEMS
        volunteer = service.make("/v1/volunteers", {
            "unit": unit, "name": "王小明", "gender": "female", "birth_date": "1990-05-20",
            "document": {"kind": "passport", "number": f"E{order:07}"}, "mobile": f"138{order:08}",
            "consent": {"given_at": at(0), "text_version": "2026-1"},
        })
        items = [
            {"activity": activity, "volunteer": volunteer, "start": at(8 * record), "end": at(8 * record + 1),
             "evidence": "leader", "credit": True}
            for record in range(min(BULK_ITEMS, number - first))
        ]
        answer = clerk.post("/v1/service-records/bulk", {"items": items})
        refused = [item for item in answer["items"] if item["status"] != "accepted"]
        assert not refused, refused[0]


def check(what, holds, shown):
    """Says what was looked at; ends the script where it does not hold."""
    print(f"{'ok  ' if holds else 'FAIL'} {what}: {shown}", flush=True)
    if not holds:
        sys.exit(1)
