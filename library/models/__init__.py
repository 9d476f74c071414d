"""The library's models."""

from library.models.download_count import DownloadCount
from library.models.draft import Draft
from library.models.saved_search import SavedSearch
from library.models.search_entry import SearchEntry, SearchWord
from library.models.stored_file import FilePage, StoredFile
from library.models.tool import Tool
from library.models.tool_request import ToolRequest
from library.models.tool_version import ToolVersion
from library.models.vocabulary import Theme, ToolType

__all__ = [
    "DownloadCount",
    "Draft",
    "FilePage",
    "SavedSearch",
    "SearchEntry",
    "SearchWord",
    "StoredFile",
    "Theme",
    "Tool",
    "ToolRequest",
    "ToolType",
    "ToolVersion",
]
