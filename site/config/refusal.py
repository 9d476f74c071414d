"""What a command says when it cannot go on: one sentence for a person, exit status 1, no traceback."""


class Refusal(Exception):
    """The command stops here; the message is one clear sentence."""
