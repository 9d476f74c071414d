"""The shipped nginx.conf, with the folders and ports of a test, in a frame like Debian's."""

import os
import re
import subprocess
from pathlib import Path

from tests.config.processes import ROOT

SHIPPED = ROOT / "site/deploy/nginx.conf"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
TO_HTTPS = re.compile(r"^server \{\n    listen 80;.*?^\}\n", re.MULTILINE | re.DOTALL)
OF_TLS = re.compile(r"^ *ssl_.*\n", re.MULTILINE)
BOTH = re.compile(r"( *server 127\.0\.0\.1:8001.*\n) *server 127\.0\.0\.1:8002.*\n")
SECOND_PROTOCOL = re.compile(r"^ *listen \[::\].*\n", re.MULTILINE)


def without(pattern: re.Pattern[str], text: str) -> str:
    """The file without what does not hold here; it must have been there."""
    left, found = pattern.subn("", text)
    assert found, pattern
    return left


def adapted(folder: Path, port: int, *sites: int, has_tls: bool = False, location: str = "") -> str:
    """The shipped file, listening here and leading to these Granians, with its files in the folder.

    With TLS it takes the folder's cert.pem and key.pem; without, it tells the site that people came by HTTPS.
    """
    text = without(SECOND_PROTOCOL, without(TO_HTTPS, SHIPPED.read_text()))
    if not has_tls:
        text = without(OF_TLS, text)
    text, found = BOTH.subn(lambda shipped: "".join(shipped[1].replace("8001", str(site)) for site in sites), text)
    assert found == 1
    for shipped, here in (
        ("listen 443 ssl http2", f"listen 127.0.0.1:{port}{' ssl http2' if has_tls else ''}"),
        ("/var/cache/nginx/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/"),
        ("/srv/otonom", str(folder)),
        ("    location / {", f"{location}    location / {{"),
        *((("/etc/otonom/tls/fullchain.pem", f"{folder}/cert.pem"),) if has_tls else ()),
        *((("/etc/otonom/tls/privkey.pem", f"{folder}/key.pem"),) if has_tls else ()),
        *(() if has_tls else (("X-Forwarded-Proto $scheme", "X-Forwarded-Proto https"),)),
    ):
        assert shipped in text, shipped
        text = text.replace(shipped, here)
    return text


def framed(folder: Path, text: str, is_daemon: bool = False) -> str:
    """A whole configuration as Debian has it around its sites: as many connections, the modules that are installed."""
    user = "user root;\n" if os.getuid() == 0 else ""
    modules = "".join(f"include {path};\n" for path in sorted(Path("/etc/nginx/modules-enabled").glob("*.conf")))
    places = "".join(f"{kind}_temp_path {folder}/nginx-{kind};\n" for kind in TEMPORARY)
    return (
        f"{user}{modules}daemon {'on' if is_daemon else 'off'};\nworker_processes auto;\npid {folder}/nginx.pid;\n"
        f"error_log {folder}/nginx-error.log;\nevents {{ worker_connections 768; }}\n"
        "http {\nsendfile on;\ntcp_nopush on;\ngzip on;\ninclude /etc/nginx/mime.types;\n"
        f"{places}{text}\n}}\n"
    )


def nginx_command(folder: Path, text: str) -> list[str]:
    """How to start an nginx with this text inside its frame."""
    conf = folder / "nginx.conf"
    conf.write_text(framed(folder, text))
    return ["nginx", "-c", str(conf), "-e", str(folder / "nginx-error.log")]


def certificate(folder: Path, name: str) -> None:
    """A certificate that browsers mistrust."""
    options = ["-keyout", "key.pem", "-out", "cert.pem", "-subj", f"/CN={name}", "-days", "2"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *options]
    subprocess.run(made, cwd=folder, capture_output=True, check=True)
