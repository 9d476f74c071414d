"""Which sets are kept, and backups of files that lie in a bucket."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import boto3
import pytest
from django.core.files.base import ContentFile
from moto.server import ThreadedMotoServer

from config.backup import archive, sets
from config.backup.places import Place
from home.private_files.s3 import PrivateS3Storage
from home.private_files.storage import s3_options

NIGHTS = [datetime(2026, 1, 1, 3, tzinfo=UTC) + timedelta(days=number) for number in range(800)]


def fill(target: Path, moments: list[datetime]) -> None:
    for moment in moments:
        folder = target / sets.name_for(moment)
        folder.mkdir()
        (folder / sets.SUMMARY).write_text("{}")


def test_seven_days_five_weeks_and_twelve_months_are_kept(tmp_path: Path) -> None:
    fill(tmp_path, NIGHTS)
    sets.prune(tmp_path)
    kept = [one.made_at for one in sets.sets_in(tmp_path)]
    assert kept[-7:] == NIGHTS[-7:]
    assert len({(moment.year, moment.month) for moment in kept}) == 12
    assert len({moment.isocalendar()[:2] for moment in kept}) >= 5
    assert len(kept) <= 7 + 5 + 12
    assert sets.prune(tmp_path) == []


def test_what_is_no_whole_set_is_left_alone(tmp_path: Path) -> None:
    fill(tmp_path, NIGHTS)
    (tmp_path / "photos").mkdir()
    (tmp_path / "otonom-20260101T000000Z").mkdir()
    sets.prune(tmp_path)
    assert (tmp_path / "photos").exists()
    assert (tmp_path / "otonom-20260101T000000Z").exists()


def test_old_sets_stay_however_long_no_new_one_came(tmp_path: Path) -> None:
    fill(tmp_path, NIGHTS[:5])
    sets.prune(tmp_path)
    assert len(sets.sets_in(tmp_path)) == 5


@pytest.fixture
def bucket() -> Iterator[PrivateS3Storage]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "test")
        moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
        moto.start()
        host, port = moto.get_host_and_port()
        url = f"http://{host}:{port}"
        where = {"LocationConstraint": "eu-west-1"}
        boto3.client("s3", endpoint_url=url, region_name="eu-west-1").create_bucket(
            Bucket="otonom", CreateBucketConfiguration=where
        )
        yield PrivateS3Storage(**s3_options(f"s3://otonom/private?endpoint_url={url}&region_name=eu-west-1"))
        moto.stop()


def test_files_in_a_bucket_are_copied_and_come_back(bucket: PrivateS3Storage) -> None:
    place = Place("private", bucket)
    assert place.is_empty()
    contents = {"library/a.pdf": b"a" * 300_000, "library/gone.pdf": b"b", "previews/a-1.webp": b"c"}
    for name, content in contents.items():
        bucket.save(name, ContentFile(content))
    place.hold()
    bucket.delete("library/gone.pdf")
    tar = BytesIO()
    written = archive.write(tar, [place], lambda number: None)
    assert set(written) == {"private/library/a.pdf", "private/previews/a-1.webp"}

    for name in ("library/a.pdf", "previews/a-1.webp"):
        bucket.delete(name)
    assert place.is_empty()
    staged = place.staging()
    tar.seek(0)
    assert dict(archive.entries(tar, {"private": staged})) == written
    place.take(staged)
    assert sorted(place.present()) == ["library/a.pdf", "previews/a-1.webp"]
    with place.open_now("library/a.pdf") as file:
        assert file.read() == contents["library/a.pdf"]
    assert not staged.exists()
