"""Pages and forms as somebody who is logged in gets and sends them."""

from html import unescape
from typing import Any

from fastapi.testclient import TestClient


class Browsing:
    """Whoever has a browser.

    Attributes:
        browser: holds the login.
    """

    browser: TestClient

    def get(self, path: str) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    def post(self, path: str, status: int = 303, **data: Any) -> Any:
        answer = self.browser.post(path, data=data, follow_redirects=False)
        assert answer.status_code == status, unescape(answer.text)
        return answer

    def told(self, answer: Any) -> str:
        """The page that a change leads to."""
        return self.get(answer.headers["location"])
