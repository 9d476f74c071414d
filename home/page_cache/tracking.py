"""What others add to our addresses to follow people from site to site: it says nothing about the page."""

import re

# Of campaigns, advertisers, social networks and newsletters. site/deploy/nginx.conf has the same; no page reads one.
NAMES = (
    "utm_[a-z_]+",
    "fbclid",
    "gclid",
    "gbraid",
    "wbraid",
    "dclid",
    "msclkid",
    "ttclid",
    "twclid",
    "yclid",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
)
TRACKING = re.compile(rf"(?:{'|'.join(NAMES)})(?:=|$)")


def without_tracking(query: str) -> str:
    """The query of an address as if nobody had added anything to it."""
    return "&".join(part for part in query.split("&") if not TRACKING.match(part)) if query else ""
