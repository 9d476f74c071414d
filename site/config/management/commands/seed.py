"""Loads the alliance's real content into an empty or an already used database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

import home.seeding
import library.seeding
import members.seeding
import news.seeding
from config.accounts import create_demo_accounts


class Command(BaseCommand):
    """``manage.py seed``: add what is missing, change nothing that is there."""

    help = "Load the alliance's content: pages, associations, needs, news, groups, library. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only the demo asks for accounts."""
        parser.add_argument("--accounts", metavar="PASSWORD", help="also make one demo account per role")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything in the order in which things refer to each other."""
        homes = home.seeding.seed_home_pages()
        members.seeding.seed_records()
        members.seeding.seed_pages(homes)
        home.seeding.seed_editorial_pages(homes)
        news.seeding.seed_public_news(homes)
        news.seeding.seed_member_area(homes)
        groups = news.seeding.seed_groups()
        news.seeding.seed_articles(groups, library.seeding.seed_library(groups))
        if options["accounts"]:
            create_demo_accounts(options["accounts"])
        self.stdout.write("The content is loaded.")
