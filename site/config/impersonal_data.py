"""The models that look as if they held personal data, and why they do not: no entry in the register without need."""

PUBLISHED = "what the alliance publishes about itself and its members; who wrote it stands with the page, the revision"
WORDS = "names of things, which editors choose"
GROUP = "what a group writes for its readers; who wrote it stands with the page"
WAGTAIL = "names and addresses of the site's own things"
SENTENCES = "sentences of pages and records, as translation needs them; who translated stands with each translation"
COPY = "made from what is kept elsewhere, and follows it"

IMPERSONAL: dict[str, tuple[str, ...]] = {
    PUBLISHED: (
        "home.AllianceSettings",
        "home.ContactPage",
        "home.HomePage",
        "home.StandardPage",
        "members.Address",
        "members.Association",
        "members.AssociationIndexPage",
        "members.CharterPage",
        "members.ContactPoint",
        "members.Helpline",
        "members.Need",
        "members.NeedIndexPage",
        "members.OutsideAddress",
        "members.Service",
        "members.ServiceException",
        "news.NewsIndexPage",
        "news.NewsPage",
    ),
    WORDS: (
        "library.Theme",
        "library.ToolType",
        "members.Audience",
        "members.JobFunction",
        "members.NeedGroup",
        "members.UnrelatedPhrase",
    ),
    GROUP: ("news.GroupNewsPage", "news.GroupPicture", "news.Meeting", "news.WorkingGroup"),
    WAGTAIL: (
        "auth.Group",
        "auth.Permission",
        "home.PeriodicRun",
        "socialaccount.SocialApp",
        "wagtailcore.Collection",
        "wagtailcore.CollectionViewRestriction",
        "wagtailcore.PageViewRestriction",
        "wagtailcore.Site",
        "wagtailcore.Task",
        "wagtailcore.Workflow",
        "wagtailredirects.Redirect",
    ),
    SENTENCES: (
        "wagtail_localize.OverridableSegment",
        "wagtail_localize.String",
        "wagtail_localize.StringSegment",
        "wagtail_localize.Template",
        "wagtail_localize.TranslationContext",
        "wagtail_localize.TranslationSource",
    ),
    COPY: (
        "members.PhraseVector",
        "wagtailcore.ReferenceIndex",
        "wagtailimages.Rendition",
        "wagtailsearch.IndexEntry",
    ),
    "never written: SOCIALACCOUNT_STORE_TOKENS is off": ("socialaccount.SocialToken",),
}
