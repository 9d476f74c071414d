"""Numbers are dialled as they were meant, however somebody wrote them."""

import pytest

from home.telephone import dialable


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("112", "112"),
        ("116 000", "116000"),
        ("02 537 98 66", "+3225379866"),
        ("02/537.98.66", "+3225379866"),
        ("0800 30 030", "+3280030030"),
        ("+32 2 537 98 66", "+3225379866"),
        ("+32 (0)2 537 98 66", "+3225379866"),
        ("(0)2 537 98 66", "+3225379866"),
        ("0032 2 537 98 66", "+3225379866"),
        ("00 33 1 23 45 67 89", "+33123456789"),
    ],
)
def test_a_number_is_dialled_as_it_was_meant(written: str, dialled: str) -> None:
    assert dialable(written) == dialled
