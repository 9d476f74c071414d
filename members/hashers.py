"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2Hasher(Argon2PasswordHasher):
    """Argon2id in 46 MiB and one thread, twice OWASP's least work.

    Django's own takes 100 MiB and eight threads: eight people who sign in at once would fill a small server.
    https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
    """

    time_cost = 2
    memory_cost = 46 * 1024  # KiB
    parallelism = 1
