"""What the pages behind the letter “Still right?” ask about an entry in the directory."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from home.letter_question import Choice, Question
from home.trail import Step
from members.directory.reviews import answer_review, read

STILL_RIGHT = Question(
    title=_("Your entry in the directory"),
    choices={
        "right": Choice(
            question=_("Is your entry in the directory still right?"),
            button=_("Yes, it is still right"),
            afterwards=_("We then ask again in half a year."),
        ),
        "out": Choice(
            question=_("Leave the directory of counterparts?"),
            button=_("Yes, take me out"),
            afterwards=_("Colleagues no longer see your number. You can come back at any time in your profile."),
        ),
    },
    read=read,
    answer=answer_review,
    elsewhere=Step(_("See and change your entry in your profile"), reverse_lazy("members:profile")),
)
