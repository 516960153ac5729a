"""Styles, scripts and the typeface: named after their content, compressed once, kept for ever."""

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

from fastapi import APIRouter, Request, Response

from api.service.errors import NotFoundError

PATH = "/statisk"
HERE = Path(__file__).resolve().parent / "static"
OWN_STYLES = "rettvakt.css"
_FOREVER = "public, max-age=31536000, immutable"
_COMPRESSED = frozenset({".css", ".js", ".svg", ".txt"})

router = APIRouter(tags=["pages"], include_in_schema=False)


class NoAssetsError(RuntimeError):
    """The pages' assets were never fetched."""

    def __init__(self, folder: Path) -> None:
        """Say where they should be and how they come there."""
        super().__init__(f"{folder} is missing: run tools/build_assets.py (./run does)")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file.

    Attributes:
        address: with a digest of the content, so that it may be kept for ever.
        compressed: gzip, or None where that would not make it smaller.
    """

    address: str
    media_type: str
    content: bytes
    compressed: bytes | None


@cache
def assets() -> dict[str, Asset]:
    """All files by name: «vendor/htmx.js», «rettvakt.css».

    Raises:
        NoAssetsError: those of others were never fetched.
    """
    vendor = HERE / "vendor"
    if not (vendor / ".stamp").is_file():
        raise NoAssetsError(vendor)
    made = {}
    for name, content in _files():
        made[name] = _asset(name, content)
    styles = b"\n".join(content for name, content in _own_styles(made))
    made[OWN_STYLES] = _asset(OWN_STYLES, styles)
    return made


@cache
def by_address() -> dict[str, Asset]:
    """All files by address."""
    return {asset.address: asset for asset in assets().values()}


def address(name: str) -> str:
    """Where a file is served.

    Raises:
        KeyError: there is no such file.
    """
    return assets()[name].address


@router.get(PATH + "/{name}")
@router.head(PATH + "/{name}")
def serve(request: Request, name: str) -> Response:
    """A file; whatever another version of the program had is gone."""
    asset = by_address().get(f"{PATH}/{name}")
    if asset is None:
        raise NotFoundError
    headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
    content = asset.content
    if asset.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = asset.compressed, "gzip"
    return Response(content, media_type=asset.media_type, headers=headers)


def _files() -> Iterator[tuple[str, bytes]]:
    for file in sorted(HERE.rglob("*")):
        if file.is_file() and not file.name.startswith(".") and file.suffix != ".css":
            yield file.relative_to(HERE).as_posix(), file.read_bytes()
    for file in sorted((HERE / "vendor").glob("*.css")):
        yield file.relative_to(HERE).as_posix(), file.read_bytes()


def _own_styles(made: dict[str, Asset]) -> Iterator[tuple[str, bytes]]:
    """Our style sheets in order of name, with the addresses of the typefaces filled in."""
    for file in sorted((HERE / "css").glob("*.css")):
        text = file.read_text("utf-8")
        for name, asset in made.items():
            # They lie side by side, so this holds below any path.
            text = text.replace(f"url({name})", f"url({PurePath(asset.address).name})")
        yield file.name, text.encode()


def _asset(name: str, content: bytes) -> Asset:
    own = PurePath(name)
    mark = hashlib.sha256(content).hexdigest()[:12]
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if own.suffix == ".woff2":
        media = "font/woff2"
    if media.startswith("text/") or media.endswith("javascript"):
        media += "; charset=utf-8"
    smaller = gzip.compress(content, 9, mtime=0) if own.suffix in _COMPRESSED else None
    return Asset(f"{PATH}/{own.stem}.{mark}{own.suffix}", media, content, smaller)
