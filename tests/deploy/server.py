"""A server below a folder: site/deploy/install and upgrade put it there, with ports of its own, and run for real."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import psutil
from django.conf import settings

from config.postgres import DATABASE_NAME, SUPERUSER, TESTS, EmbeddedServer
from config.storage import HASHED
from tests.config.processes import PATIENCE, ROOT, free_port
from tests.mail_server import MailServer, mail_server
from tests.nginx_conf import framed
from tests.template_database import copy_tables

NAME = "localhost"
COMPRESSED = Path(settings.DATA_DIR) / "compressed"
NEEDED = ("nginx", "redis-server", "curl", "git", "openssl")


class Server:
    """The installed site: its folder, its ports, its settings, and what it runs."""

    def __init__(self, folder: Path, mail: MailServer) -> None:
        self.folder, self.prefix, self.mail = folder, folder / "root", mail
        self.source = self.prefix / "srv/otonom/source"
        self.ports = free_port(), free_port()
        self.http, self.https, self.redis = free_port(), free_port(), free_port()
        self.certificate = self.prefix / "etc/otonom/tls/fullchain.pem"
        self.settings = self.prefix / "etc/otonom.env"
        self.database = EmbeddedServer(folder / "database" / TESTS)
        self.redis_process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.https}"

    def environment(self) -> dict[str, str]:
        """A terminal of root's, with our systemctl and nginx before the machine's."""
        return {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "PREFIX": str(self.prefix),
            "PORTS": " ".join(map(str, self.ports)),
            "HTTP_PORT": str(self.http),
            "HTTPS_PORT": str(self.https),
        }

    def run(self, *command: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run something in the clone, as the administrator does."""
        return subprocess.run(
            command, cwd=self.source, env=self.environment() | more, capture_output=True, text=True, check=False
        )

    def upgrade(self, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return self.run("site/deploy/upgrade", "--yes", "--no-backup", *arguments, **more)

    def systemctl(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return self.run("systemctl", *arguments)

    def restart(self) -> None:
        """Start everything anew, and wait until both processes answer."""
        webs = [f"otonom@web-{port}" for port in self.ports]
        self.systemctl("restart", *webs, "otonom@worker-default", "otonom@worker-files")
        for port in self.ports:
            address = f"http://127.0.0.1:{port}/health"
            told = ("-H", f"Host: {NAME}", "-H", "X-Forwarded-Proto: https")
            self.curl(address, *told, "--fail", "--retry", "60", "--retry-delay", "1", "--retry-connrefused")

    def manage(self, *arguments: str) -> str:
        """A command of the running version."""
        done = self.run(str(self.prefix / "srv/otonom/current/site/deploy/run"), *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def set(self, **values: str) -> None:
        """Fill in /etc/otonom.env."""
        text = self.settings.read_text()
        for name, value in values.items():
            text = re.sub(rf"^{name}=.*$", "", text, flags=re.MULTILINE) + f"{name}={value}\n"
        self.settings.write_text(text)

    def curl(self, path: str, *options: str) -> "subprocess.CompletedProcess[bytes]":
        """Ask for an address, as the name and the certificate of the site have it."""
        where = path if path.startswith("http") else self.address + path
        command = ["curl", "-sS", "--cacert", str(self.certificate), *options, where]
        return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)

    def commit(self, message: str, **files: str) -> str:
        """A new version of the code; gives its commit."""
        for name, text in files.items():
            (self.source / name).parent.mkdir(parents=True, exist_ok=True)
            (self.source / name).write_text(text)
        git(self.source, "add", "--all")
        git(self.source, "commit", "--quiet", "--allow-empty", "--message", message)
        return git(self.source, "rev-parse", "HEAD").strip()

    def prepare(self, has_tables: bool) -> None:
        """What the machine has before somebody types the first command of the README."""
        self.source.mkdir(parents=True, exist_ok=True)
        (self.prefix / "run").mkdir(parents=True, exist_ok=True)
        self.database.join()
        if has_tables:
            copy_tables(self.database.django_settings()["HOST"])
        copy_code(self.source)
        self._programs()
        git(self.source, "init", "--quiet", "--initial-branch", "main")
        self.commit("First")

    def _programs(self) -> None:
        programs = self.folder / "bin"
        programs.mkdir()
        script(programs / "systemctl", f'exec "{sys.executable}" "{ROOT}/tests/deploy/systemctl.py" "$@"')
        script(
            programs / "nginx",
            f'exec "{shutil.which("nginx")}" -c "{self.prefix}/nginx.conf" -e "{self.folder}/nginx.log" "$@"',
        )
        sites = f"include {self.prefix}/etc/nginx/conf.d/*.conf;"
        (self.prefix / "nginx.conf").write_text(framed(self.prefix / "run", sites, is_daemon=True))

    def install(self) -> None:
        """As the README says."""
        done = self.run("site/deploy/install", NAME)
        assert done.returncode == 0, done.stderr
        host = self.database.django_settings()["HOST"]
        self.set(
            DATABASE_URL=f"postgres://{SUPERUSER}@{quote(host, '')}/{DATABASE_NAME}",
            SITE_URL=self.address,
            EMAIL_URL=f"smtp://127.0.0.1:{self.mail.port}",
            REDIS_URL=f"redis://127.0.0.1:{self.redis}/0",
            LIBRARY_CLAMD="",
            LIBRARY_SOFFICE="",
            FINDER_ENCODER="",
        )
        self.lend_requirements()

    def lend_requirements(self) -> None:
        """Put the installed requirements of the tests where upgrade would install those of the lock."""
        lock = (self.source / "site/requirements/production.txt").read_bytes()
        version = subprocess.run(["python3", "--version"], env=self.environment(), capture_output=True, check=True)
        venv = self.prefix / "srv/otonom/venvs" / hashlib.sha256(lock + version.stdout).hexdigest()[:16]
        venv.mkdir(exist_ok=True)
        for name in ("bin", "lib", "pyvenv.cfg"):
            if not (venv / name).exists():
                (venv / name).symlink_to(Path(sys.prefix) / name)
        (venv / "ready").touch()

    def start_redis(self) -> None:
        """Start Redis, which keeps nothing, on the port that the settings name."""
        command = ["redis-server", "--port", str(self.redis), "--bind", "127.0.0.1", "--save", "", "--dir"]
        self.redis_process = subprocess.Popen([*command, str(self.folder)], stdout=subprocess.DEVNULL)

    def end(self) -> None:
        """Stop everything that it started."""
        started = [psutil.Process(self.redis_process.pid)] if self.redis_process else []
        for file in (self.prefix / "run").glob("*.pid"):
            try:
                process = psutil.Process(int(file.read_text()))
                started += [process, *process.children(recursive=True)]
            except (psutil.NoSuchProcess, ValueError):
                continue
        for process in started:
            if process.is_running():
                process.terminate()
        _gone, alive = psutil.wait_procs(started, timeout=60)
        for process in alive:
            process.kill()
        if self.redis_process:
            self.redis_process.wait()
        self.database.leave()

    def logs(self) -> str:
        """What its processes said."""
        return "\n".join(
            f"{file.name}:\n{file.read_text()[-2000:]}" for file in (self.prefix / "var/log").rglob("*.log")
        )

    def errors(self) -> str:
        """What its processes said went wrong, the last lines of it."""
        said = [line for file in (self.prefix / "var/log").glob("*.log") for line in file.read_text().splitlines()]
        return "\n".join([line for line in said if "ERROR" in line][-20:])


def script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def copy_code(to: Path) -> None:
    """The files of this checkout as they are now."""
    if (ROOT / ".git").exists():
        listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
        names = [name for name in listed if (ROOT / name).is_file()]
    else:
        names = [str(path.relative_to(ROOT)) for path in files_of(ROOT)]
    for name in names:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, to / name)


def files_of(root: Path) -> Iterator[Path]:
    skipped = {".venv", ".data", "__pycache__", "collected"}
    return (path for path in root.rglob("*") if path.is_file() and not skipped & set(path.relative_to(root).parts))


def lend(source: Path, to: Path) -> None:
    """Keep the files whose names hold the mark of their content from run to run: compressing them takes long."""
    for file in source.rglob("*"):
        place = to / file.relative_to(source)
        if HASHED.search(file.name.removesuffix(".br").removesuffix(".gz")) and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, place)


@contextmanager
def running_server(
    has_tables: bool = True, disks: Callable[[Path], AbstractContextManager[None]] = nullcontext, **values: str
) -> Iterator[Server]:
    """An installed and running site, with a Redis and a mail server of its own; its database has tables, or none.

    ``disks`` may lay small ones below its folder, before anything is there.
    """
    with ExitStack() as stack:
        # Not in pytest's folder, to which the account of the database loses its way when another run begins.
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="otonom-server-")))
        stack.enter_context(disks(folder))
        server = Server(folder, stack.enter_context(mail_server()))
        stack.callback(server.end)
        server.prepare(has_tables)
        server.start_redis()
        server.install()
        server.set(**values)
        static = server.prefix / "srv/otonom/static"
        lend(COMPRESSED, static)
        done = server.upgrade()
        assert done.returncode == 0, done.stdout + done.stderr + server.logs()
        lend(static, COMPRESSED)
        yield server


def running(server: Server) -> set[str]:
    """What each of the two processes says of itself."""
    told = ("-H", "Host: localhost", "-H", "X-Forwarded-Proto: https")
    asked = [server.curl(f"http://127.0.0.1:{port}/health", *told) for port in server.ports]
    return {answer.stdout.decode().splitlines()[0] for answer in asked}
