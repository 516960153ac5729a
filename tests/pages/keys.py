"""Somebody who has no mouse."""

from playwright.sync_api import Locator, Page

_FAR = 150  # presses of Tab before one gives up


class Keyboard:
    """A window that is used by keys alone.

    Attributes:
        page: of the window. Nothing of it is clicked here.
    """

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """One key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, wanted: Locator, back: bool = False) -> None:
        """Go on by Tab until it has the focus, which must be seen."""
        for _ in range(_FAR):
            if wanted.evaluate("own => own === document.activeElement"):
                assert self.seen(), f"the focus is not seen on {wanted}"
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab does not lead to {wanted}")

    def enter(self, wanted: Locator, back: bool = False) -> None:
        """Go there and press Enter."""
        self.tab_to(wanted, back)
        self.press("Enter")

    def seen(self) -> bool:
        """Whether what has the focus shows it, by an outline or a shadow of its own."""
        found: bool = self.page.evaluate(
            "() => { const own = getComputedStyle(document.activeElement);"
            " return own.outlineStyle !== 'none' || own.boxShadow !== 'none'; }"
        )
        return found

    def here(self) -> str:
        """What has the focus, by its text."""
        found: str = self.page.evaluate("document.activeElement.textContent.trim()")
        return found

    def place(self) -> str:
        """The doctor and the duty that have the focus in the grid; «» for a hole's doctor."""
        found: str = self.page.evaluate(
            "() => { const own = document.activeElement;"
            " if (!own.closest('.rv-grid td')) return own.tagName;"
            " const duty = own.href ? decodeURIComponent(own.pathname.split('/vakter/')[1]) : '';"
            " return `${own.closest('tr').dataset.lege || ''} ${duty}`; }"
        )
        return found
