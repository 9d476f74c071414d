"""People in the CMS: Wagtail's own screens with our fields."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app of users, showing what our people have."""

    user_viewset = "members.people_viewset.PeopleViewSet"
