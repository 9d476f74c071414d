"""How often a page may ask the database: what the site promises."""

PUBLIC, MEMBER = 8, 12
MEMBER_AREA = ("/fr/espace/", "/nl/ruimte/", "/fr/compte/", "/nl/account/")
# Public pages to which no page of the site leads.
UNLINKED = ("/fr/rien/", "/sitemap.xml", "/robots.txt", "/health", "/fr/compte/login/", "/nl/account/password/reset/")


def most_queries(role: str, url: str) -> int:
    """Twelve for who is signed in and in the member area, eight for everybody else."""
    return MEMBER if role != "visitor" and url.startswith(MEMBER_AREA) else PUBLIC
