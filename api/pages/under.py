"""Pages below a path of the host, such as https://kommune.example/rettvakt.

Templates and views know addresses as if the service stood at the root, so that none has to think
of it: the path is put before them where the answer leaves, and taken away where a request comes.
"""

import re

from starlette.requests import Request

# Attributes that hold an address; texts cannot look like one, since their quotes are escaped.
_ADDRESS = re.compile(
    r'(\s(?:href|src|action|formaction|hx-get|hx-post|hx-sse:connect|data-roster)=")(?=/(?!/))'
)


def asked(request: Request) -> str:
    """The path of a request, as if the service stood at the root: «/planer»."""
    root: str = request.scope.get("root_path", "")
    return request.url.path.removeprefix(root) or "/"


def address(root: str, path: str) -> str:
    """An address of ours for the browser; one of another host stays what it is."""
    return f"{root}{path}" if path.startswith("/") and not path.startswith("//") else path


def addressed(root: str, html: str) -> str:
    """A page or a part of one with all addresses in it for the browser."""
    return _ADDRESS.sub(rf"\g<1>{root}", html) if root else html
