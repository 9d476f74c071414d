"""Numbers about the site for Prometheus; no label says who, where, or what was typed.

Several processes count into files of one folder, which ``config.serve`` names (``PROMETHEUS_MULTIPROC_DIR``);
whichever of them answers Prometheus adds them up (https://prometheus.github.io/client_python/multiprocess/).
"""

import os
from collections.abc import Callable, Iterable

from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

REQUESTS = Counter("otonom_requests", "Requests that were answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "otonom_request_seconds",
    "How long answering took.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
OUTAGES = Counter("otonom_outages", "Requests that found no database or no room.", ["kind"])

Gauges = Callable[[], Iterable[GaugeMetricFamily]]
_gauges: list[Gauges] = []


def register(gauges: Gauges) -> None:
    """Let an app say how something stands; asked whenever Prometheus asks, with the database at hand."""
    if gauges not in _gauges:
        _gauges.append(gauges)


def count(route: str, method: str, status: int, seconds: float) -> None:
    """Note one answer."""
    REQUESTS.labels(route, method, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


class Standing(Collector):
    """How things stand in the database at this moment."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """All numbers, or that the database does not answer."""
        try:
            found = [family for gauges in _gauges for family in gauges()]
        except DatabaseError:
            found = []
        finally:
            connection.close()  # of the thread that answers Prometheus
        answers = GaugeMetricFamily("otonom_database_answers", "1 while the database answers.")
        answers.add_metric([], float(bool(found)))
        return [answers, *found]


def registry() -> CollectorRegistry:
    """Everything that is told: of all processes where they count together, else of this one."""
    told = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(told)  # type: ignore[no-untyped-call]  # the library's
    else:
        for counted in (REQUESTS, SECONDS, OUTAGES):
            told.register(counted)
    told.register(Standing())
    return told
