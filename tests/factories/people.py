"""People, their associations and invitations."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from members.models import Association, Invitation, JobFunction, User
from members.models.user import EDITORS_GROUP

PASSWORD = "korenbloem-en-klaproos"


class EmployerFactory(factory.django.DjangoModelFactory):
    """An association as people belong to it."""

    class Meta:
        model = Association

    slug = factory.Sequence(lambda n: f"vereniging-{n}")
    name_fr = short_name_fr = factory.LazyAttribute(lambda made: f"Association {made.slug}")
    plain_fr = plain_nl = "…"
    description_fr = description_nl = "…"


class JobFunctionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JobFunction

    slug = factory.Sequence(lambda n: f"functie-{n}")
    name_fr = factory.LazyAttribute(lambda made: f"Fonction {made.slug}")
    name_nl = factory.LazyAttribute(lambda made: f"Functie {made.slug}")


class UserFactory(factory.django.DjangoModelFactory):
    """A worker whose e-mail address is verified; ``is_editor=True`` and ``is_delegate=True`` give roles."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persoon{n}@example.org")
    first_name = "Mira"
    last_name = factory.Sequence(lambda n: f"Peeters-{n}")
    association = factory.SubFactory(EmployerFactory)
    is_in_directory = True

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        is_editor = fields.pop("is_editor", False)
        user: User = model_class.objects.create_user(password=fields.pop("password", PASSWORD), **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if is_editor:
            user.groups.add(Group.objects.get_or_create(name=EDITORS_GROUP)[0])
        return user


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"nieuw{n}@example.org")
    association = factory.SubFactory(EmployerFactory)
    language = "fr"
    invited_by = factory.SubFactory(UserFactory, association=factory.SelfAttribute("..association"), is_delegate=True)
