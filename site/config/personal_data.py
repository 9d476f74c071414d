"""What the site keeps of people, and for how long."""

import home.retention
import library.retention
import members.retention
import news.retention

# An account is erased before what hangs on it is looked at, a draft before its file.
RULES = (
    *members.retention.RULES,
    *news.retention.RULES,
    *library.retention.RULES,
    *home.retention.RULES,
)
