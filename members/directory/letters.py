"""Letters of the directory."""

from members.letters import Letter

SUGGESTION = Letter("emails/counterpart_suggested_subject.txt", "emails/counterpart_suggested.txt")
DEPARTURE = Letter("emails/counterpart_left_subject.txt", "emails/counterpart_left.txt")
TAKEN_OUT = Letter("emails/taken_out_of_directory_subject.txt", "emails/taken_out_of_directory.txt")
REVIEW = Letter("emails/directory_review_subject.txt", "emails/directory_review.txt")
