"""The links in the letter “Still right?”: no sign-in, and nothing happens before the button is pressed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from members.directory.reviews import ANSWERS, answer_review, read


@never_cache
@csrf_exempt  # the signed address is the right to answer; a page without sign-in does without a cookie
def directory_review(request: HttpRequest, token: str, answer: str) -> HttpResponse:
    """Ask for one press of a button, since mail programs open links by themselves; then note the answer."""
    if answer not in ANSWERS:
        raise Http404
    found = read(token)
    if found is None:
        return render(request, "members/directory/review_closed.html", {"alternates": []}, status=410)
    was_open = found.is_open
    if request.method == "POST":
        answer_review(review=found, answer=answer)
    is_done = request.method == "POST" or not was_open
    context = {"answer": answer, "is_done": is_done, "alternates": []}
    return render(request, "members/directory/review.html", context)
