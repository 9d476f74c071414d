"""What a process that opens strange files may not do."""

import ctypes
import resource

from library.examination import bounds

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # linux/sched.h


def confine() -> None:
    """Limit this process and what it starts; before any thread starts."""
    resource.setrlimit(resource.RLIMIT_AS, (bounds.MEMORY, bounds.MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (bounds.FILE_SIZE, bounds.FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_NOFILE, (bounds.OPEN_FILES, bounds.OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _leave_the_network()


def allow_seconds(seconds: int) -> None:
    """Let this process, and whatever it starts, compute that long from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _leave_the_network() -> None:
    """Go where no network is; a machine that does not allow it keeps the other limits."""
    ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)
