"""A drawing as SVG that survives a strict content policy and can be read aloud.

No style, script, class or foreign address; unique ids; a title and a description. Colours are
plain attributes, so that a page can repaint them for a dark screen.
"""

import xml.etree.ElementTree as ET  # only what our own drawing tool wrote is parsed
from dataclasses import dataclass

SVG = "http://www.w3.org/2000/svg"
_NEEDLESS = {"class", "role", "pointer-events", "stroke-miterlimit", "version"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished drawing.

    Attributes:
        id: unique in a report; ids inside begin with it.
        title: what it shows; `told`: what can be seen in it.
        svg: one `svg` element, without an XML declaration.
        width, height: in its own units.
    """

    id: str
    title: str
    told: str
    svg: str
    width: float
    height: float


def picture(drawn: str, name: str, title: str, told: str) -> Picture:
    """Clean what the drawing tool wrote and give it a title and a description.

    Raises:
        xml.etree.ElementTree.ParseError: it is not XML (a fault of ours).
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(drawn)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    _clean(root)
    _rename(root, name)
    root.attrib.clear()
    root.attrib.update(
        {
            "viewBox": f"0 0 {width:g} {height:g}",
            "role": "img",
            "aria-labelledby": f"{name}-t {name}-d",
        }
    )
    for place, (tag, text) in enumerate((("title", title), ("desc", told))):
        element = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag[0]}"})
        element.text = text
        root.insert(place, element)
    return Picture(name, title, told, ET.tostring(root, encoding="unicode"), width, height)


def _clean(element: ET.Element) -> None:
    """Take away what is not seen, and all roles: the drawing is read as one picture."""
    for child in list(element):
        if child.get("display") == "none" or child.get("d") == "M0,0h0v0h0Z":
            element.remove(child)
            continue
        _clean(child)
        if child.tag == f"{{{SVG}}}g" and not len(child):
            element.remove(child)
    for key in list(element.attrib):
        if key in _NEEDLESS or key.startswith("aria-") or (key, element.get(key)) == _OPAQUE:
            del element.attrib[key]


_OPAQUE = ("opacity", "1")


def _rename(root: ET.Element, name: str) -> None:
    """Ids that are the same in every run and unique beside other pictures."""
    ids = {own: f"{name}-{n}" for n, own in enumerate(e.get("id", "") for e in root.iter()) if own}
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, ids[value])
            elif value.startswith("url(#"):
                element.set(key, f"url(#{ids[value[5:-1]]})")
