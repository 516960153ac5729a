"""What a command said."""

import pytest

Said = pytest.CaptureFixture[str]


def readable(text: str) -> bool:
    """Whether a log shows it as it is: no control characters, no frames."""
    return all(c.isprintable() or c == "\n" for c in text) and not set("─│┃━┏╭\x1b\r") & set(text)
