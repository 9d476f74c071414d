"""Why no text could be read in a file."""


class Unreadable(Exception):
    """No text could be read; ``fault`` is a value of ``TextFault`` that says why."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault
