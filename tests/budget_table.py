"""How often a page may ask the database: what the site promises, and the pages that need more, with their reason."""

from tests.crawling import view_name

PUBLIC, MEMBER = 8, 12
MEMBER_AREA = ("/fr/espace/", "/nl/ruimte/", "/fr/compte/", "/nl/account/")
# Public pages to which no page of the site leads.
UNLINKED = ("/fr/rien/", "/sitemap.xml", "/robots.txt", "/health", "/fr/compte/login/", "/nl/account/password/reset/")

# What answers at an address of the member area, and the most that it may ask; none of these may grow.
OVER = {
    # Of an editor: the themes, groups and people to choose from, those of the tool once more, and what it stems from.
    "library:edit": 16,
}


def most_queries(role: str, url: str) -> int:
    """Twelve for who is signed in and in the member area, eight for everybody else."""
    if role == "visitor" or not url.startswith(MEMBER_AREA):
        return PUBLIC
    return OVER.get(view_name(url), MEMBER)
