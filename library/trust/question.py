"""What the pages behind the letter about a review ask about a tool."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from home.letter_question import Choice, Question
from home.trail import Step
from library.trust.reviews import answer_review, read

STILL_RIGHT = Question(
    title=_("Review of a tool"),
    choices={
        "right": Choice(
            question=_("Is this tool still right?"),
            button=_("Yes, it is still right"),
            afterwards=_("We then ask again in a year."),
        ),
        "work": Choice(
            question=_("Does this tool need work?"),
            button=_("Yes, it needs work"),
            afterwards=_("The tool then says so to everybody who looks at it, until a new version comes."),
        ),
    },
    read=read,
    answer=answer_review,
    elsewhere=Step(_("Look after your tools in the member area"), reverse_lazy("library:tools")),
    subject="library/reviewed_tool.html",
)
