"""Why a password was refused, in words that say what to do."""

from api.pages.page import Page
from api.service.accounts.strength import LEAST


def weakness(page: Page, password: str, former: str | None = None) -> str:
    """What is wrong with a password that the service has refused.

    Args:
        page: for the language.
        password: what was refused.
        former: the one that it was to take the place of, where there is one.
    """
    if len(password) < LEAST:
        return page.say("account.short_password", n=len(password), least=LEAST)
    if password == former:
        return page.say("account.same_password")
    return page.say("account.easy_password")
