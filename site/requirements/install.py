"""Makes the folder .venv with the locked requirements; needs nothing but Python, and runs on any Python 3 to say so.

``python3 site/requirements/install.py`` is what ``make`` does first. It does nothing when nothing changed.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LOCK = os.path.join(ROOT, "site", "requirements", "development.txt")
PROJECT = os.path.join(ROOT, "pyproject.toml")
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
UV = os.path.join(VENV, "bin", "uv")
STAMP = os.path.join(VENV, "ready")
PARTS = ("venv", "ensurepip", "ssl", "zlib", "ctypes", "fcntl")


def main():
    """Check this Python, then make or renew the folder .venv."""
    check_python()
    wanted = fingerprint()
    if read(STAMP) == wanted and works():
        os.utime(STAMP)
        return
    if os.path.exists(STAMP):
        os.remove(STAMP)
    if not works():
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", VENV], "The folder .venv cannot be made")
    install_uv()
    say("Installing the locked requirements.")
    run(uv("sync", "--require-hashes", LOCK), "The requirements cannot be installed")
    run(uv("install", "--no-deps", "--no-build-isolation", "--editable", ROOT), "The project cannot be installed")
    with open(STAMP, "w") as stamp:
        stamp.write(wanted)


def check_python():
    """Stop with one sentence when this Python cannot do the work."""
    if sys.version_info < (3, 11):
        found = sys.version.split()[0]
        stop("Python 3.11 or later is needed; this is %s (set PYTHON=python3.12, for example)." % found)
    missing = [part for part in PARTS if not has(part)]
    if missing:
        stop(
            "This Python (%s) lacks %s: install the full Python (on Debian: apt install python3-venv)."
            % (sys.executable, ", ".join(missing))
        )


def has(part):
    """Tell whether a part of the standard library is there (Debian splits some off)."""
    try:
        __import__(part)
    except ImportError:
        return False
    return True


def fingerprint():
    """Return what the installation depends on, in short."""
    digest = hashlib.sha256(("%s %s" % (sys.version, ROOT)).encode())
    for path in (LOCK, PROJECT, os.path.abspath(__file__)):
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def works():
    """Tell whether .venv has a Python that runs and can install."""
    try:
        return subprocess.call([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]) == 0
    except OSError:
        return False


def install_uv():
    """Install uv as the lock has it, with pip."""
    if os.path.exists(UV) and subprocess.run([UV, "--version"], capture_output=True).returncode == 0:
        return
    say("Installing uv.")
    requirements = os.path.join(VENV, "uv.txt")
    with open(requirements, "w") as file:
        file.write(re.search(r"^uv==.*\n(?:[ ].*\n)*", read(LOCK), re.MULTILINE).group())
    run([PYTHON, "-m", "ensurepip", "--upgrade"], "pip cannot be installed", quiet=True)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--disable-pip-version-check"]
    run([*command, "-r", requirements], "uv cannot be installed")


def uv(action, *arguments):
    """Return a command of uv that works on .venv."""
    return [UV, "pip", action, "--quiet", "--python", PYTHON, *arguments]


def run(command, failure, quiet=False):
    """Run a command from the project's folder; stop with one sentence when it fails."""
    output = subprocess.DEVNULL if quiet else None
    try:
        status = subprocess.call(command, cwd=ROOT, stdout=output)
    except OSError as error:
        stop("%s (%s)." % (failure, error.strerror))
    if status != 0:
        stop("%s: see above." % failure)


def read(path):
    """Return the text of a file, empty when there is none."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def say(sentence):
    """Tell what goes on."""
    print(sentence, flush=True)


def stop(sentence):
    """End with one sentence and exit status 1."""
    sys.exit(sentence)


if __name__ == "__main__":
    try:
        main()
    except OSError as failure:
        stop("The folder .venv cannot be made (%s: %s)." % (failure.filename, failure.strerror))
    except KeyboardInterrupt:
        stop("Stopped; start again to go on.")
