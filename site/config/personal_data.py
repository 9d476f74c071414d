"""The register of what the site keeps of people: what, why, for how long, who sees it (article 30 of the GDPR).

Controller: Alliance Otonom, whose address and telephone number stand in the settings of the CMS. Nothing is given to
anybody outside the alliance but to who runs its server and its mail. Security: README, “Publish it”. ``config.checks``
refuses a model that may hold personal data and is neither here nor in ``config.impersonal_data``; tests compare the
durations with the privacy page, and run every rule.
"""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings

import home.retention
import library.retention
import members.retention
import news.retention
from config.backup import sets
from config.processing import Activity, Basis, Kept, Whose

ACCOUNT = "until the account is erased"
NAMELESS = "as long as its page or association; the name goes with the account"
LOGS_KEPT_FOR = timedelta(days=14)  # by journald and logrotate, whose settings stand in site/deploy/
LONGEST_RATE = timedelta(hours=1)  # of the settings that end in RATE_LIMIT; the memory or Redis forgets by itself
OLDEST_BACKUP = timedelta(days=sets.MONTHS * 365 / 12)

# An account is erased before what hangs on it is looked at, a draft before its file.
RULES = (
    *members.retention.RULES,
    *news.retention.RULES,
    *library.retention.RULES,
    *home.retention.RULES,
)


def _with_rules(*activities: Activity) -> tuple[Activity, ...]:
    """The activities, each place with the rules of ``manage.py forget`` that empty it."""
    return tuple(
        replace(one, kept=tuple(replace(k, rules=tuple(r for r in RULES if r.of == k.where)) for k in one.kept))
        for one in activities
    )


REGISTER = _with_rules(
    Activity(
        "contact form",
        "to answer who writes",
        Basis.INTEREST,
        Whose.WRITERS,
        "editors; the mailbox of the alliance, which gets a copy",
        ("Formulaire de contact", "Contactformulier"),
        (Kept("home.ContactMessage", "name, address, subject, message, language, time"),),
    ),
    Activity(
        "searches that found nothing",
        "to teach the finder the words that people use",
        Basis.INTEREST,
        Whose.VISITORS,
        "editors; nobody can tell who searched",
        ("Recherches sans résultat", "Zoekvragen zonder resultaat"),
        (
            Kept(
                "members.UnansweredQuery", "words that several people use, language, day, number; no person, no hour"
            ),
            Kept("members.UnknownWord", "a keyed hash of a word, and on how many days it was typed"),
        ),
    ),
    Activity(
        "server logs",
        "to notice a fault or an attack",
        Basis.DUTY,
        Whose.VISITORS,
        "who runs the server",
        ("Journaux du serveur", "Logboeken van de server"),
        (Kept("journal and web server's log", "time, page, result; no address, no search", lasts=LOGS_KEPT_FOR),),
    ),
    Activity(
        "rate limits",
        "to slow down robots and who guesses passwords",
        Basis.DUTY,
        Whose.VISITORS,
        "nobody",
        ("Envois répétés", "Herhaalde pogingen"),
        (Kept("memory or Redis", "IP address or number of the account, times of the last uses", lasts=LONGEST_RATE),),
    ),
    Activity(
        "accounts",
        "to open the member area, and to let colleagues of the alliance reach each other",
        Basis.INTEREST,
        Whose.MEMBERS,
        "oneself; members, where one chose to be in the directory; delegates of the association; administrators",
        ("Compte d'un membre", "Account van een lid"),
        (
            Kept("members.User", "name, address, association, function, telephone, languages, roles", ACCOUNT),
            Kept(
                "memory of the web processes",
                "what people in the directory are found by: all that it shows of them",
                "until somebody looks into the directory after a change of it",
            ),
            Kept("members.User_groups", "roles", ACCOUNT),
            Kept("members.User_user_permissions", "rights", ACCOUNT),
            Kept("account.EmailAddress", "addresses, confirmed or not", ACCOUNT),
            Kept("mfa.Authenticator", "second step: secrets of apps, keys, recovery codes", ACCOUNT),
            Kept("socialaccount.SocialAccount", "number and address with another provider", ACCOUNT),
            Kept("usersessions.UserSession", "IP address and browser of each open session, seen by oneself only"),
            Kept("members.Invitation", "address of who is invited, by whom", f"accepted ones {ACCOUNT}"),
            Kept("members.Transfer", "to which association somebody goes, who proposed it", f"open ones {ACCOUNT}"),
            Kept("members.DirectoryReport", "what a colleague reports: a gap, or who left", "while it is open"),
        ),
    ),
    Activity(
        "audit log",
        "to account for who had access to what",
        Basis.DUTY,
        Whose.MEMBERS,
        "administrators; nobody can change it",
        ("Journal des droits", "Logboek van de rechten"),
        (Kept("members.AuditEntry", "who gave or took which right, or exported what, by number and never by name"),),
    ),
    Activity(
        "library",
        "to know whom to ask about a tool, and to lose nothing on the way",
        Basis.INTEREST,
        Whose.MEMBERS,
        "who may see the tool; drafts, selections and saved searches: oneself",
        ("Bibliothèque des membres", "Bibliotheek van de leden"),
        (
            Kept("library.Tool", "contact and author of a tool", NAMELESS),
            Kept("library.ToolVersion", "who added it, a note", NAMELESS),
            Kept("library.ToolRequest", "who asks for what, who answers, in which words", NAMELESS),
            Kept("library.Draft", "what was handed in and not shared yet"),
            Kept("library.SavedSearch", "a search that its owner keeps", f"until deleted, at most {ACCOUNT}"),
            Kept("library.StoredFile", "contents, which may name people", "as long as a version or a draft uses it"),
            Kept("library.FilePage", "the text of the contents", "as long as the file"),
            Kept("library.SearchEntry", "words of the tool and its text", "as long as the tool"),
            Kept("private files", "contents, pictures of pages, pictures of groups", "as long as their row"),
        ),
    ),
    Activity(
        "meetings",
        "to prepare a meeting, to remind who comes, to show it in their calendars",
        Basis.INTEREST,
        Whose.MEMBERS,
        "coordinators of the group; colleagues in it, where the person is in the directory",
        ("Réunions des groupes de travail", "Vergaderingen van de werkgroepen"),
        (
            Kept("news.Attendance", "who comes, language of the reminder"),
            Kept(
                "news.FeedKey",
                "private address of a calendar",
                "until it or the password is changed, or the account closed",
            ),
        ),
    ),
    Activity(
        "reading and letters",
        "to show what is new, and to tell it once",
        Basis.INTEREST,
        Whose.MEMBERS,
        "oneself; letters that could not be sent: administrators",
        ("Lectures et e-mails des groupes de travail", "Gelezen nieuws en e-mails van de werkgroepen"),
        (
            Kept("news.Seen", "what was opened or told, and when"),
            Kept("news.Digest", "weeks in which a letter was written"),
            Kept("news.Comment_told", "who had a letter about a comment"),
            Kept("news.LetterChoice", "which letters somebody wants", ACCOUNT),
            Kept("news.MutedThread", "conversations about which somebody wants no letters", ACCOUNT),
            Kept("members.OutgoingMail", "letters on their way: address, text", "until the mail server has it"),
        ),
    ),
    Activity(
        "membership of groups",
        "to answer who asks, and to know who belongs to a group",
        Basis.INTEREST,
        Whose.MEMBERS,
        "coordinators of the group; colleagues, where the person is in the directory",
        ("Entrer dans un groupe de travail", "Lid worden van een werkgroep"),
        (
            Kept("news.MembershipProposal", "who asks or is invited, by whom, a word with it, the answer"),
            Kept("news.WorkingGroup_members", "who belongs to it", f"until they leave it, at most {ACCOUNT}"),
            Kept("news.WorkingGroup_coordinators", "who coordinates it", f"until they leave it, at most {ACCOUNT}"),
        ),
    ),
    Activity(
        "comments",
        "to discuss what works among colleagues",
        Basis.INTEREST,
        Whose.MEMBERS,
        "who may read the article",
        ("Commentaires dans les groupes de travail", "Reacties in de werkgroepen"),
        (
            Kept("news.Comment", "what somebody says, when", NAMELESS),
            Kept("news.Comment_mentions", "whom a comment names", ACCOUNT),
        ),
    ),
    Activity(
        "backups",
        "to lose nothing when a machine breaks",
        Basis.DUTY,
        Whose.MEMBERS,
        "who holds the private key, which is not on the server",
        ("Copies de sauvegarde", "Reservekopieën"),
        (Kept("backup sets", "everything above, encrypted; run forget after a restore", lasts=OLDEST_BACKUP),),
    ),
    Activity(
        "cookies",
        "to sign in safely",
        Basis.INTEREST,
        Whose.MEMBERS,
        "nobody but the browser and the server",
        ("Cookies des membres", "Cookies voor leden"),
        (
            Kept(
                "sessions.Session",
                "who is signed in, selection of tools",
                lasts=timedelta(seconds=settings.SESSION_COOKIE_AGE),
            ),
            Kept("cookie of forms", "a random number", lasts=timedelta(seconds=settings.CSRF_COOKIE_AGE)),
        ),
    ),
    Activity(
        "work in the CMS",
        "to show who wrote and changed what, to go back to a former state, to not overwrite each other",
        Basis.INTEREST,
        Whose.EDITORS,
        "people who work in the CMS",
        ("Travail de rédaction", "Redactiewerk"),
        (
            Kept("wagtailcore.Page", "who made a page, who locked it", NAMELESS),
            Kept(
                "wagtailcore.Revision",
                "former states of pages and records, with their authors",
                "the latest: as long as it",
            ),
            Kept("wagtailcore.PageLogEntry", "who did what to a page, and when"),
            Kept("wagtailcore.ModelLogEntry", "who did what to a record, and when"),
            Kept(
                "wagtailcore.Comment",
                "remarks beside the form of a page",
                "as long as the state of the page where it was made",
            ),
            Kept("wagtailcore.CommentReply", "answers to remarks", "as long as the remark"),
            Kept("wagtailcore.PageSubscription", "who wants to hear of remarks", ACCOUNT),
            Kept("wagtailcore.WorkflowState", "who asked for a review of a page", "as long as the page"),
            Kept("wagtailcore.TaskState", "who reviewed it, in which words", "as long as the page"),
            Kept("wagtailcore.UploadedFile", "a picture that still needs its description"),
            Kept("wagtailadmin.FormState", "what stands in a form while its preview is open"),
            Kept("wagtailadmin.EditingSession", "who has a form open"),
            Kept("wagtailimages.Image", "who uploaded it; who is on it agreed", NAMELESS),
            Kept("wagtaildocs.Document", "who uploaded it; none is made", NAMELESS),
            Kept("wagtailusers.UserProfile", "language and look of the CMS, picture of oneself", ACCOUNT),
            Kept("wagtail_localize.StringTranslation", "who translated a sentence", NAMELESS),
            Kept("wagtail_localize.SegmentOverride", "who chose another value for a language", NAMELESS),
            Kept(
                "django_tasks_database.DBTaskResult", "work for the worker: numbers of records, never words of letters"
            ),
        ),
    ),
)
