"""What the benchmarks share: the service on a ledger of its own, a PostgreSQL of their own, the load client,
and the place where figures are written down. Everything listens on loopback and ends with its caller.

Scratch files lie under target/bench. CARGO_TARGET_DIR is honoured; HOURBOOK_BINARY names a service that is built.
"""
import concurrent.futures, contextlib, http.client, json, os, pathlib, re, secrets, shutil, signal, socket
import subprocess, sys, threading, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
BINARY = pathlib.Path(os.environ.get("HOURBOOK_BINARY", TARGET / "release/hourbook"))
LOAD = TARGET / "release/examples/load"
SCRATCH = ROOT / "target/bench"
DOCUMENT = ROOT / "docs/BENCHMARKS.md"


# Processes


def run(*command, **more):
    """Runs a command to its end and gives what it printed; ends the benchmark with its words if it fails."""
    done = subprocess.run([str(part) for part in command], text=True, capture_output=True, **more)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def build():
    """The service and the load client as they are released; nothing where HOURBOOK_BINARY names the service."""
    if "HOURBOOK_BINARY" in os.environ:
        return
    command = ["cargo", "build", "--locked", "--release", "--bin", "hourbook", "--example", "load"]
    subprocess.run(command, cwd=ROOT, check=True)


@contextlib.contextmanager
def process(*command, log, stop=signal.SIGTERM, **more):
    """A process that is told to stop at the end, and killed if it does not within 60 seconds."""
    with open(log, "ab") as out:
        running = subprocess.Popen([str(part) for part in command], stdout=out, stderr=out, **more)
    try:
        yield running
    finally:
        if running.poll() is None:
            running.send_signal(stop)
        try:
            running.wait(60)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@contextlib.contextmanager
def scratch(name):
    """An empty folder that is gone at the end."""
    folder = SCRATCH / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_open(port, running, seconds=60):
    """Waits until somebody listens there."""
    for _ in range(seconds * 50):
        with contextlib.suppress(OSError):
            return socket.create_connection(("127.0.0.1", port)).close()
        if running.poll() is not None:
            sys.exit(f"{running.args[0]} ended with {running.returncode} before it listened")
        time.sleep(0.02)
    sys.exit(f"{running.args[0]} does not listen")


def resident_mib(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


# PostgreSQL


class Postgres:
    """A running cluster with everything durable."""

    def __init__(self, tools, port):
        self.tools, self.port = tools, port

    def url(self, name):
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def sql(self, statement, name="postgres"):
        return run(self.tools / "psql", "-qAtc", statement, self.url(name)).strip()

    def create(self, name, template="template1"):
        """A new database, as a copy of another that nobody uses; its URL."""
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        self.sql("CHECKPOINT")
        return self.url(name)

    def drop(self, name):
        self.sql(f"DROP DATABASE {name}")

    def durability(self):
        return ", ".join(f"{name}={self.sql(f'SHOW {name}')}" for name in ("fsync", "synchronous_commit"))


@contextlib.contextmanager
def postgres(folder):
    """A cluster of its own, as another user where this one is root, which PostgreSQL refuses to run as."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    initdb = found[-1] if found else pathlib.Path(shutil.which("initdb") or sys.exit("initdb is missing: install postgresql"))
    as_other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    data, port = folder / "postgres", free_port()
    data.mkdir(parents=True)
    if as_other:
        shutil.chown(data, "postgres", "postgres")
    run(*as_other, initdb, "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", cwd="/")
    # What its documentation advises first for many writes; all that makes a commit durable is on.
    settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": data, "fsync": "on",
                "synchronous_commit": "on", "shared_buffers": "512MB", "max_wal_size": "4GB"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [*as_other, initdb.parent / "postgres", "-D", data, *options]
    with process(*command, log=folder / "postgres.log", stop=signal.SIGINT, cwd="/") as running:
        wait_until_open(port, running)
        while subprocess.run([initdb.parent / "pg_isready", "-qh", "127.0.0.1", "-p", str(port)]).returncode != 0:
            time.sleep(0.1)
        yield Postgres(initdb.parent, port)


# The service


class Ledger:
    """A ledger with its secrets and an administrator's token; on SQLite in `folder` where no URL is given."""

    def __init__(self, folder, url=None):
        folder.mkdir(parents=True)
        self.folder, self.url = folder, url
        self.secrets = {
            "HOURBOOK_TOKEN_KEY": run("openssl", "genpkey", "-algorithm", "ed25519"),
            "HOURBOOK_LOG_KEY": run(BINARY, "log-key", "--origin", "bench.invalid/log"),
            "HOURBOOK_ENCRYPTION_KEY": secrets.token_hex(32), "HOURBOOK_BLIND_INDEX_KEY": secrets.token_hex(32)}
        self.command("migrate")
        self.token = self.command("token", "--login", "bench", "--create-admin").strip()

    def copy(self, folder, url=None):
        """The same ledger again, whose database has been copied to `url`, or lies in the folder."""
        twin = object.__new__(Ledger)
        twin.__dict__.update(self.__dict__, folder=folder, url=url)
        shutil.copytree(self.folder, folder)
        return twin

    def environment(self):
        place = {"HOURBOOK_DATA_DIR": str(self.folder), "HOURBOOK_DATABASE_URL": self.url or f"sqlite://{self.database_file()}"}
        return os.environ | self.secrets | place

    def database_file(self):
        return self.folder / "hourbook.db"

    def command(self, *arguments):
        """What a sub-command of the program prints about this ledger."""
        return run(BINARY, *arguments, env=self.environment())

    def verify(self):
        """Replays the journal; ends the benchmark if any figure is off."""
        return self.command("verify").strip()

    @contextlib.contextmanager
    def serve(self, *options):
        """The service on this ledger, until the end of the block; it must stop well."""
        port = free_port()
        command = [BINARY, "serve", "--listen", f"127.0.0.1:{port}", *options]
        with process(*command, log=self.folder / "serve.log", env=self.environment()) as running:
            wait_until_open(port, running)
            yield Server(port, self.token, running.pid)
        if running.returncode != 0:
            sys.exit(f"the service ended with {running.returncode}: {(self.folder / 'serve.log').read_text()[-2000:]}")


class Server:
    """Something on loopback that speaks JSON over HTTP and takes bearer tokens."""

    def __init__(self, port, token, pid):
        self.port, self.token, self.pid = port, token, pid
        self.here = threading.local()

    def ask(self, method, path, body=None, expect=range(200, 300)):
        """The answer's body, on a connection that the thread keeps; ends the benchmark on another status."""
        if not hasattr(self.here, "connection"):
            self.here.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self.here.connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self.here.connection.getresponse()
        content = answer.read()
        if answer.status not in expect:
            sys.exit(f"{method} {path}: {answer.status} {content[:500]}")
        return json.loads(content) if content else None

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body):
        return self.ask("POST", path, body)

    def post_all(self, path, bodies, threads=32):
        """The answers to many posts, in their order."""
        with concurrent.futures.ThreadPoolExecutor(threads) as pool:
            return list(pool.map(lambda body: self.post(path, body), bodies))


# Load


class Figures:
    """What the load client saw."""

    def __init__(self, printed):
        of = lambda pattern, default=0: float(next(iter(re.findall(pattern, printed)), default))
        self.accepted, self.asked = int(of(r"accepted +(\d+)")), int(of(r"accepted +\d+ of (\d+)"))
        self.by_status = {int(status): int(count) for status, count in re.findall(r"status (\d+) +(\d+)", printed)}
        self.a_second = of(r"throughput +([\d.]+)")
        self.p50_ms, self.p99_ms = of(r"p50 +([\d.]+)"), of(r"p99 +([\d.]+)")


def load(servers, requests, tokens, connections, folder, all_accepted=True, keys=None):
    """Sends each request once, over so many connections in all, which take turns among the servers.

    A request is its method, its path and its body, which may be none. With `keys` each has an idempotency key of
    its own, which begins so.
    """
    lines, names = folder / "requests", folder / "tokens"
    with lines.open("w") as out:
        for method, path, body in requests:
            out.write(f"{method} {path} {'' if body is None else json.dumps(body, ensure_ascii=False)}\n")
    names.write_text("\n".join(tokens) + "\n")
    addresses = ",".join(f"127.0.0.1:{server.port}" for server in servers)
    command = [LOAD, "--addresses", addresses, "--requests", lines, "--tokens", names, "--connections", connections]
    command += ["--idempotency-keys", keys] if keys else []
    done = subprocess.run([str(part) for part in command], text=True, capture_output=True)
    if done.returncode != 0 and (all_accepted or "broke" in done.stderr):
        sys.exit(f"not everything was accepted: {done.stdout}{done.stderr}")
    return Figures(done.stdout)


# Figures


def machine():
    """What the figures were obtained on, and how busy it was before."""
    model = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) / 2**20
    before = ", ".join(f"{load:.2f}" for load in os.getloadavg())
    return f"{os.cpu_count()} cores ({model[1] if model else 'unknown'}), {memory:.0f} GiB; load average before: {before}"


def write_section(name, text):
    """Puts figures between their markers in docs/BENCHMARKS.md; other sections stay."""
    marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
    document = DOCUMENT.read_text()
    if not marked.search(document):
        sys.exit(f"{DOCUMENT} has no section {name}")
    DOCUMENT.write_text(marked.sub(lambda found: f"{found[1]}{text.strip()}\n{found[2]}", document))
