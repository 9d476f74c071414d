"""How often a page may ask the database: what the site promises, and the pages that need more, with their reason."""

from tests.crawling import view_name

PUBLIC, MEMBER = 8, 12
COUNTED = ("coordinator",)  # roles whose pages were all counted; the others are still to be measured
MEMBER_AREA = ("/fr/espace/", "/nl/ruimte/", "/fr/compte/", "/nl/account/")
# Public pages to which no page of the site leads.
UNLINKED = ("/fr/rien/", "/sitemap.xml", "/robots.txt", "/health", "/fr/compte/login/", "/nl/account/password/reset/")

# What answers at an address of the member area, and the most that it may ask; none of these may grow.
OVER = {
    # An article of a group: the tools and the pictures that its author chose, each read by its block and again by who
    # may see it (4), the comments, whom they name, and who gets a letter about the next (4).
    "wagtail_serve": 16,
    # Six kinds of record to choose from, what is chosen already of each, and the two tools that it stems from.
    "library:edit": 18,
    # Eleven tables and curves over the whole library, each a count of its own.
    "library:usage": 15,
}


def most_queries(role: str, url: str) -> int:
    """Twelve for who is signed in and in the member area, eight for everybody else."""
    if role == "visitor" or not url.startswith(MEMBER_AREA):
        return PUBLIC
    return OVER.get(view_name(url), MEMBER)
