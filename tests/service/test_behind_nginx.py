"""The real nginx with the site that we ship, in front of the real server."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.api.plans import tiny
from tests.service import databases
from tests.service.processes import Fleet
from tests.service.world import V1, World
from tests.support import PATIENCE

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SITE = Path(__file__).parents[2] / "deploy" / "nginx.conf"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NGINX is None, reason="no nginx (apt-get install nginx-light)"),
]


class Site:
    """A running proxy and what stands behind it.

    Attributes:
        url: of the proxy, without a slash at its end.
        log: folder of its logs.
    """

    def __init__(self, url: str, log: Path, world: World, fleet: Fleet) -> None:
        self.url, self.log, self.world, self.fleet = url, log, world, fleet


@pytest.fixture(params=["", "/rettvakt"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    with databases.sqlite() as address:
        world = World(address)
        port = _free_port()
        url = f"http://localhost:{port}{request.param}"
        settings = {"RETTVAKT_PUBLIC_URL": url, "RETTVAKT_JOBS_AT_ONCE": "0"}
        fleet = Fleet(address, settings, 0, tmp_path)
        conf = tmp_path / "nginx.conf"
        conf.write_text(_config(tmp_path, port, fleet.port, request.param))
        assert NGINX is not None
        proxy = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(conf), "-g", "daemon off;"])
        try:
            fleet.ready()
            until = time.monotonic() + PATIENCE
            while not _answers(port):
                assert proxy.poll() is None
                assert time.monotonic() < until
                time.sleep(0.1)
            yield Site(url, tmp_path, world, fleet)
        finally:
            proxy.terminate()
            proxy.wait(PATIENCE)
            assert fleet.close() == []
            world.service.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _config(folder: Path, port: int, behind: int, under: str) -> str:
    """The site as it is shipped, on a port of its own, without TLS and the redirect to it."""
    site = SITE.read_text()
    site = site[: site.index("server {\n    listen 80;")]
    site = re.sub(r"^ *(listen \[|ssl_).*\n", "", site, flags=re.MULTILINE)
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    site = site.replace("server 127.0.0.1:8000;", f"server 127.0.0.1:{behind};")
    site = site.replace("legevakt.kommune.example", "localhost").replace(
        "/var/log/nginx", str(folder)
    )
    site = site.replace("$host;", "$http_host;")  # the port is not the usual one
    if under:
        site = site.replace("location / {", f"location {under}/ {{")
    # Its workers would be nobody, who may not enter the folder of a test.
    user = "user root;" if os.geteuid() == 0 else ""
    return f"""
{user}
pid {folder}/nginx.pid;
error_log {folder}/start.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


def test_feeds_uploads_and_streams_pass_and_the_proxy_logs_no_secret(site: Site) -> None:
    headers = site.world["coordinator"].headers
    with httpx2.Client(headers=headers, timeout=PATIENCE) as client:
        feed = {"kind": "doctor", "subject": "kari", "label": "x"}
        address = client.post(f"{site.url}{V1}/feeds", json=feed).json()["url"]
        assert address.startswith(f"{site.url}/kalender/")
        calendar = httpx2.get(address)
        assert calendar.status_code == 200
        known = {"If-None-Match": calendar.headers["etag"]}
        assert httpx2.get(address, headers=known).status_code == 304
        uploaded = {"file": ("plan.json", json.dumps(tiny()).encode())}
        made = client.post(f"{site.url}{V1}/plans", files=uploaded)
        assert made.status_code == 201
        told = client.get(httpx2.URL(site.url).join(made.headers["location"]))
        assert told.json()["id"] == made.json()["plan"]["id"]
        large = {"file": ("plan.json", b"x" * 21_000_000)}
        refused = client.post(f"{site.url}{V1}/plans", files=large)
        assert refused.json()["type"] == "urn:rettvakt:problem:too-large", "not in our words"
        wanted = {"plan": made.json()["plan"]["id"]}
        job = client.post(f"{site.url}{V1}/solves", json=wanted).json()["id"]
        with client.stream("GET", f"{site.url}{V1}/jobs/{job}/events") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            client.post(f"{site.url}{V1}/jobs/{job}/stop")
            lines = list(stream.iter_lines())
        assert any('"cancelled"' in line for line in lines)
        assert client.get(f"{site.url}/metrics").status_code == 404
        login = {"email": "coordinator@fjell.example", "password": "et langt passord"}
        assert client.post(f"{site.url}{V1}/session", json=login).status_code == 200
    written = "".join(own.read_text() for own in site.log.glob("*.log"))
    assert "POST 201" in written
    assert address.rsplit("/", 1)[1].removesuffix(".ics") not in written
