"""How work outside requests stands, for Prometheus."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily

from members.health import letters, queues
from members.models import OutgoingMail


def gauges() -> Iterator[GaugeMetricFamily]:
    """Tasks by queue, and letters."""
    tasks = GaugeMetricFamily("otonom_tasks_waiting", "Tasks that no worker took up yet.", labels=["queue"])
    age = GaugeMetricFamily("otonom_tasks_oldest_seconds", "How long the first of them has waited.", labels=["queue"])
    for queue, (number, waited) in queues().items():
        tasks.add_metric([queue], number)
        age.add_metric([queue], waited.total_seconds())
    yield from (tasks, age)
    number, waited = letters()
    yield GaugeMetricFamily("otonom_letters_waiting", "Letters that are not sent yet.", number)
    yield GaugeMetricFamily(
        "otonom_letters_oldest_seconds", "How long the first of them has waited.", waited.total_seconds()
    )
    stuck = OutgoingMail.objects.stuck().count()
    yield GaugeMetricFamily("otonom_letters_stuck", "Letters that need a decision in the CMS.", stuck)
