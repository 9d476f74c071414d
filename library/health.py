"""What a watchdog is told about the library."""

from django.conf import settings

from library.examination import scanner


def scanner_away() -> str:
    """Tell when there should be a virus scanner and it does not answer: files wait for it, and nobody gets them."""
    if not settings.LIBRARY_CLAMD or scanner.answers(settings.LIBRARY_CLAMD):
        return ""
    return "the virus scanner does not answer: new files wait"
