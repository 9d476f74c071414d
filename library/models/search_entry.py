"""What search knows of each tool; the database itself keeps it (migration 0003)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchEntry(models.Model):
    """One row per tool, rewritten by triggers whenever something that can be searched or counted changes.

    ``words`` holds what one may ask for in one index: stems of the file's text as they are, all others behind ``=``,
    and once more those of title and summary behind ``/``, of search words behind ``+``, of labels behind ``~``; facets
    and readers as ``#type:3``, ``#sees:all``; ``#share:1`` in every second tool, ``#share:2`` in every fourth..., and
    ``#open:1``, ``#open:2``... in those of them that every member sees. ``head`` is for ranking only, ``text`` the
    part of ``words`` that costs most to make again.
    """

    tool = models.OneToOneField("library.Tool", models.CASCADE, primary_key=True, related_name="search_entry")
    type_id = models.BigIntegerField()
    association_id = models.BigIntegerField()
    theme_ids = ArrayField(models.BigIntegerField(), default=list)
    group_ids = ArrayField(models.BigIntegerField(), default=list)
    language = models.CharField(max_length=2)
    year = models.SmallIntegerField(null=True)
    format = models.CharField(max_length=5)
    title_key = models.CharField(max_length=160)  # folded, for sorting
    updated_on = models.DateField(null=True)
    head = SearchVectorField()
    text = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        verbose_name = "search entry"
        verbose_name_plural = "search entries"
        indexes = [
            GinIndex(fields=["words"], name="library_search_words", fastupdate=False),
            models.Index(
                models.F("updated_on").desc(nulls_last=True), models.F("tool").desc(), name="library_search_newest"
            ),
            models.Index(fields=["title_key", "tool"], name="library_search_title"),
        ]

    def __str__(self) -> str:
        return self.title_key


class SearchWord(models.Model):
    """A word of the titles and search words, with its usual spelling: what a typing error is compared with."""

    id = models.BigAutoField(primary_key=True)
    word = models.CharField(max_length=40, unique=True)  # folded
    spelling = models.CharField(max_length=40)

    class Meta:
        verbose_name = "word of the library"
        verbose_name_plural = "words of the library"

    def __str__(self) -> str:
        return self.spelling
