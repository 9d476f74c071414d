"""How fast the finder answers, and what it weighs, at today's size and with 1,000 needs and 20,000 phrases.

``.venv/bin/pytest tests/bench/bench_finder.py`` prints both, taken in one run, and their ratio: the machine's speed
differs from one run to the next. Loading and memory are measured in processes of their own.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest
from django.conf import settings

from members.finder import search as finder
from members.finder.encoder import meaning
from members.finder.evaluation import Case, answer, read_cases
from members.finder.index import Index, Phrase
from members.finder.store import Memory, current_memory

CASES = Path(settings.BASE_DIR) / "tests" / "members" / "finder" / "development.yaml"
NEEDS, PHRASES = 1_000, 20_000
ASKED = 400

ALONE = """
import gc, os, time
def pss():
    return int(next(line for line in open("/proc/self/smaps_rollup") if line.startswith("Pss:")).split()[1]) / 1024
started, before = time.perf_counter(), pss()
from members.finder.model import model
print(f"loads in {time.perf_counter() - started:.2f} s and takes {pss() - before:.0f} MB", flush=True)
gc.freeze()
alone = pss()
ready, done = os.pipe(), os.pipe()
for child in range(2):
    if not os.fork():
        for number in range(300):
            model.encode([f"question {number} sur le loyer, la santé, de huur, het werk"])
        os.write(ready[1], b".")
        os.read(done[0], 1)
        os._exit(0)
while os.read(ready[0], 1) and child:
    child -= 1
total = sum(
    int(next(line for line in open(f"/proc/{pid}/smaps_rollup") if line.startswith("Pss:")).split()[1]) / 1024
    for pid in (os.getpid(), *map(int, open(f"/proc/self/task/{os.getpid()}/children").read().split()))
)
print(f"one process {alone:.0f} MB; two workers and their parent together {total:.0f} MB, not {3 * alone:.0f}")
os.write(done[1], b"..")
"""


def times(ask: Callable[[Case], object], cases: list[Case]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    for case in cases[:20]:
        ask(case)
    taken = []
    for case in cases:
        started = time.perf_counter()
        ask(case)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken), float(np.percentile(taken, 95))


def large(memory: Memory) -> Memory:
    """The finder with needs and phrases made of the words of the real ones, in a random order."""
    random = Random(7)  # noqa: S311  # the same phrases in every run
    words = memory.index.vocabulary.words
    made = [" ".join(random.choices(words, k=random.randint(2, 9))) for _ in range(PHRASES)]
    phrases = [Phrase(number % NEEDS, text) for number, text in enumerate(made)]
    vectors = meaning().of(made)
    index = Index(phrases, vectors)
    return Memory(None, memory.meaning, phrases, index, memory.places, {}, frozenset(range(0, NEEDS, 4)))


@pytest.mark.django_db
def test_today_and_large(content: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    cases = read_cases(CASES)[:ASKED]
    memory = current_memory()
    started = time.perf_counter()
    Index(memory.index.phrases, memory.index.vectors)
    built = time.perf_counter() - started
    today = times(lambda case: finder.search(case.query), cases)
    with_answers = times(answer, cases)
    bigger = large(memory)
    monkeypatch.setattr(finder, "current_memory", lambda: bigger)
    grown = times(lambda case: finder.search(case.query), cases)
    with capsys.disabled():
        print(f"\ntoday: {len(memory.index.needs)} needs, {len(memory.index.phrases)} phrases, index in {built:.2f} s")
        print(f"{'':34}{'median':>10}{'95 of 100':>12}")
        for name, (middle, most) in (
            ("needs found, today", today),
            ("and who answers them, from the database", with_answers),
            (f"needs found, {NEEDS} needs, {PHRASES} phrases", grown),
        ):
            print(f"{name:42}{middle:7.1f} ms{most:9.1f} ms")
        print(f"ratio of the medians: {grown[0] / today[0]:.1f}")


def test_weight(capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True, timeout=120)
    with capsys.disabled():
        print(f"\nthe encoder {done.stdout}")
