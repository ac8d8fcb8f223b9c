"""Signing in, unlocking and signing out. Elements are found by what is the same in every language."""

from playwright.sync_api import Locator, Page, expect


def paste(page: Page, link: str) -> None:
    """Open the address of a link, and paste all of it there. `link`: the address, and the secret below it."""
    page.goto(link.split(maxsplit=1)[0])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("(text) => navigator.clipboard.writeText(text)", link)
    page.locator("#secret").press("ControlOrMeta+V")
    page.locator('[data-part="use-secret"]').click()


def secret_of(link: str) -> str:
    """What stands below the address of a link."""
    return link.split()[1]


class SignIn:
    """The form that asks for the name, the words and the code."""

    def __init__(self, page: Page, base: str, locale: str = "en") -> None:
        self.page = page
        self.address = f"{base}/staff/{locale}/"

    def open(self) -> "SignIn":
        """Go to the staff app's first address and wait for the form."""
        self.page.goto(self.address)
        expect(self.page.locator("#code")).to_be_visible()
        return self

    def fill(self, name: str, words: str, code: str) -> "SignIn":
        """Type all three."""
        self.page.locator("#name").fill(name)
        self.page.locator("#words").fill(words)
        self.page.locator("#code").fill(code)
        return self

    def submit(self) -> None:
        """Press the button, without waiting for what follows."""
        self.page.locator('[data-part="go"]').click()

    def sign_in(self, name: str, words: str, code: str) -> None:
        """Sign in and wait until the keys are open."""
        self.fill(name, words, code).submit()
        expect(self.page.locator("#desk-tools")).to_be_visible(timeout=30_000)

    @property
    def trouble(self) -> Locator:
        """What the form says went wrong, wherever it says it."""
        return self.page.locator('[data-part="trouble"]:visible, .error:visible')


class Unlock:
    """The form that asks for the words again."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def unlock(self, words: str) -> None:
        """Give the words and wait until the keys are open."""
        expect(self.page.locator('[data-part="who"]')).to_be_visible()
        self.page.locator("#words").fill(words)
        self.page.locator('[data-part="go"]').click()
        expect(self.page.locator("#desk-tools")).to_be_visible(timeout=30_000)


def sign_out(page: Page) -> None:
    """Sign out and wait for the sign-in form."""
    page.locator('#desk-tools [data-part="sign-out"]').click()
    expect(page.locator("#code")).to_be_visible()
