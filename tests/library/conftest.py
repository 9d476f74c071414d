"""What several tests of the library share."""

import pytest

from library.search.matching import LARGE, Reader


@pytest.fixture(params=["few tools", "many tools"])
def few_and_many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Search as in a small library, then with the shortcuts of a large one."""
    if request.param == "many tools":
        monkeypatch.setattr(Reader, "library_size", LARGE + 1)
