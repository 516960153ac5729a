"""What downloaded files are called."""

import pytest

from api.service.file_names import numbered, plain


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Legevakt Fjell, vår 2027", "legevakt-fjell-var-2027"),
        ("Ås/Øvre Ærø: «vakt»", "as-ovre-aero-vakt"),
        ("../../etc/passwd", "etc-passwd"),
        ('Kárášjohka 1\r\n2"; x', "karasjohka-1-2-x"),
        ("…", ""),
        (
            "legevaktsamarbeidet i ytre namdal første halvår 2027",
            "legevaktsamarbeidet-i-ytre-namdal-forste",
        ),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_title_becomes_a_part_of_a_name(title: str, name: str) -> None:
    assert plain(title) == name


def test_a_name_tells_what_it_is_of_what_and_which_version() -> None:
    assert numbered("vaktplan", "Fjell vår", 3, "xlsx") == "vaktplan-fjell-var-v3.xlsx"
    assert numbered("rapport", "…", 1, "pdf") == "rapport-v1.pdf"
