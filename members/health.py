"""What a watchdog is told about work outside requests: whether somebody does it, and whether letters leave."""

from datetime import timedelta

from django.db.models import Count, Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from members.enums import MailState
from members.models import OutgoingMail

MINUTES = 10  # of a task until a worker takes it up
LONGEST_WAIT = timedelta(minutes=MINUTES)
LONGEST_LETTER = timedelta(minutes=30)  # a mail server may be away for a moment


def queues() -> dict[str, tuple[int, timedelta]]:
    """How many tasks wait in each queue, and how long the first one has."""
    now = timezone.now()
    rows = DBTaskResult.objects.ready().order_by().values_list("queue_name")
    counted = rows.annotate(number=Count("pk"), first=Min("enqueued_at"))
    return {queue: (number, now - first) for queue, number, first in counted}


def letters() -> tuple[int, timedelta]:
    """How many letters wait to be sent, and how long the first one has."""
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING)
    number, first = waiting.aggregate(number=Count("pk"), first=Min("written_at")).values()
    return number, timezone.now() - first if first else timedelta()


def nobody_works() -> str:
    """Tell when tasks wait so long that their worker cannot be alive."""
    late = sorted(queue for queue, (_number, age) in queues().items() if age > LONGEST_WAIT)
    return f"work waits for more than {MINUTES} minutes: is the worker of {', '.join(late)} alive?" if late else ""


def letters_wait() -> str:
    """Tell when letters do not leave, and when some need a decision."""
    number, age = letters()
    stuck = OutgoingMail.objects.stuck().count()
    said = [f"{number} letters wait for the mail server"] if age > LONGEST_LETTER else []
    return ", ".join([*said, *([f"{stuck} letters need a decision in the CMS"] if stuck else [])])
