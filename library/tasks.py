"""Work of the library outside the request."""

from django_tasks import task

from library.models import StoredFile

FILES = "files"  # a queue of its own: no letter waits for a file


@task(queue_name=FILES)
def examine_file(pk: int) -> None:
    """Scan and read a file that was handed in; once is enough, and a file that is gone is no fault."""
    from library.examination.work import examine_all  # noqa: PLC0415  # whose actions put this task in the queue

    examine_all(StoredFile.objects.waiting().filter(pk=pk))
