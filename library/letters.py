"""Letters of the library."""

from members.letters import Letter

REQUEST = Letter("emails/tool_request_subject.txt", "emails/tool_request.txt")
ANSWER = Letter("emails/tool_request_answered_subject.txt", "emails/tool_request_answered.txt")
REVIEW = Letter("emails/tool_review_subject.txt", "emails/tool_review.txt")
