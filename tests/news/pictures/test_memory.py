"""What the making of a picture costs the server, measured in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[3]
# The peak since it was last cleared (proc(5)); ru_maxrss begins at that of the process that started this one.
MEASURE = r"""
import json, re, sys
from pathlib import Path
import django
django.setup()
from PIL import Image
from news.pictures.drawing import drawn

def peak():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024

def cost(path):
    Path("/proc/self/clear_refs").write_text("5")
    before = peak()
    with path.open("rb") as file:
        drawn(file, path.stat().st_size)
    return peak() - before

Image.init()
print(json.dumps({path.name: cost(path) for path in map(Path, sys.argv[1:])}))
"""
MOST = {"palette.png": 100, "photo.jpg": 100, "translucent.png": 190}  # MB; MemoryMax of the service counts on them


@pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists() and os.environ.get("CI") != "true",
    reason="only Linux tells the peak of a process",
)
def test_the_largest_pictures_cost_little_memory(tmp_path: Path) -> None:
    Image.new("P", (5000, 5000)).save(tmp_path / "palette.png", compress_level=1)
    Image.new("RGB", (7000, 7000)).save(tmp_path / "photo.jpg")
    Image.new("RGBA", (5000, 5000)).save(tmp_path / "translucent.png", compress_level=1)

    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *(str(tmp_path / name) for name in MOST)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.base"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    costs = json.loads(done.stdout)
    assert {name: cost for name, cost in costs.items() if cost >= MOST[name]} == {}, costs
