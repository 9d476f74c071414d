"""What a letter asks, answered by its links: still right? no more such letters?

Without signing in; nothing happens before the button is pressed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from home.trail import Step


@dataclass(frozen=True)
class Choice:
    """One link of the letter: what its page asks, what its button says, and what comes of it."""

    question: Any
    button: Any
    afterwards: Any


@dataclass(frozen=True)
class Question:
    """What a letter asks about; ``read`` and ``answer`` hold the rules, the rest is words."""

    title: Any
    choices: Mapping[str, Choice]  # by the last part of the link
    read: Callable[[str], Any]  # what a token stands for, which knows whether it ``is_open``; None when it is no good
    answer: Callable[..., None]
    elsewhere: Step  # where to answer when the link no longer works
    subject: str | None = None  # template that shows what is asked about, as ``review``


@never_cache
@csrf_exempt  # the signed address is the right to answer; a page without sign-in does without a cookie
def letter_question(request: HttpRequest, token: str, answer: str, *, question: Question) -> HttpResponse:
    """Ask for one press of a button, since mail programs open links by themselves; then note the answer."""
    if answer not in question.choices:
        raise Http404
    context: dict[str, Any] = {"question": question, "alternates": []}
    review = question.read(token)
    if review is None:
        return render(request, "home/letter_question_closed.html", context, status=410)
    context |= {"review": review, "choice": question.choices[answer], "is_done": not review.is_open}
    if request.method == "POST":
        question.answer(review=review, answer=answer)
        context["is_done"] = True
    return render(request, "home/letter_question.html", context)
