"""Changes of public tools are told to the processes that remember public pages; nothing else of the library."""

from django.db import migrations

from home.page_cache.triggers import watch

FOR_KEEPERS = ("search_words", "contact_id", "contact_role", "review_asked_for")
FOR_SEARCH = ("received_at", "virus", "text_state", "text_fault", "language", "likeness")
PUBLIC = "row.sharing = 'public'"
OF_PUBLIC = "EXISTS (SELECT FROM library_tool AS tool WHERE tool.id = row.tool_id AND tool.sharing = 'public')"
FILE_OF_PUBLIC = """EXISTS (SELECT FROM library_toolversion AS version JOIN library_tool AS tool ON tool.id = version.tool_id
    WHERE version.stored_file_id = row.id AND tool.sharing = 'public')"""


class Migration(migrations.Migration):
    dependencies = [("library", "0008_search_keys"), ("home", "0004_public_content")]

    operations = [
        watch("library_tool", *FOR_KEEPERS, only=PUBLIC),
        watch("library_tool_themes", only=OF_PUBLIC),
        watch("library_toolversion", only=OF_PUBLIC),
        watch("library_storedfile", *FOR_SEARCH, only=FILE_OF_PUBLIC),
        watch("library_tooltype"),
        watch("library_theme"),
    ]
