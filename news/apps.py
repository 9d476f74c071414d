"""Registers the news app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """Public news; working groups with their news and meetings."""

    name = "news"

    def ready(self) -> None:
        """Put the working groups on the dashboard, and follow moved articles."""
        from home import styleguide  # noqa: PLC0415  # needs the models
        from members.accounts import holdings  # noqa: PLC0415  # needs the models
        from members.audit import changes  # noqa: PLC0415  # needs the models
        from members.dashboard import add_section  # noqa: PLC0415  # needs the models
        from members.directory.contributions import register_contribution, register_groups  # noqa: PLC0415
        from members.enums import Role  # noqa: PLC0415
        from news import moves  # noqa: PLC0415  # needs the models
        from news.comments import ending  # noqa: PLC0415  # needs the models
        from news.dashboard import latest_group_news, next_meetings  # noqa: PLC0415  # needs the models
        from news.directory import groups_of_people, groups_of_person  # noqa: PLC0415  # needs the models
        from news.joining import following  # noqa: PLC0415  # needs the models
        from news.joining.dashboard import waiting_proposals  # noqa: PLC0415  # needs the models
        from news.meetings import keys  # noqa: PLC0415  # needs the models
        from news.models import WorkingGroup  # noqa: PLC0415  # needs the models
        from news.personal import HOLDING  # noqa: PLC0415  # needs the models
        from news.pictures import keeping  # noqa: PLC0415  # needs the models
        from news.samples import samples  # noqa: PLC0415  # needs the models

        add_section(waiting_proposals, order=5)
        add_section(latest_group_news, order=10)
        add_section(next_meetings, order=20)
        register_groups(groups_of_people)
        register_contribution(groups_of_person)
        moves.connect()
        ending.connect()
        keys.connect()
        keeping.connect()
        following.connect()
        holdings.register(HOLDING)
        changes.watch(WorkingGroup.members.through, Role.MEMBER)
        changes.watch(WorkingGroup.coordinators.through, Role.COORDINATOR)
        styleguide.add_samples(_("News"), samples)
