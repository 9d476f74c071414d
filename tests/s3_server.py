"""A bucket on a server that speaks S3 over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@contextmanager
def bucket() -> Iterator[str]:
    """The address of a bucket, as LIBRARY_STORAGE takes it."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
        moto.start()
        host, port = moto.get_host_and_port()
        url = f"http://{host}:{port}"
        name = f"otonom-{uuid4().hex[:8]}"  # the servers of one process know each other's buckets
        boto3.client("s3", endpoint_url=url, region_name="eu-west-1").create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        yield f"s3://{name}/bibliotheque?endpoint_url={url}&region_name=eu-west-1"
        moto.stop()
