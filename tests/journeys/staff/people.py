"""The page People, and the page that an invitation's link opens."""

import re

from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.journeys.staff.sign_in import paste


class People:
    """What a coordinator does with people."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> "People":
        self.page.locator('[data-tab="people"]').click()
        expect(self.page.locator('[data-part="members"]')).to_be_visible()
        return self

    def invite(self, name: str, role: str = "caseworker") -> str:
        """Invite somebody, into every team if the role opens reports; gives the link."""
        form = self.page.locator('[data-part="invite"]')
        form.locator("#invite-name").fill(name)
        if role != "caseworker":
            form.locator("#invite-role").select_option(role)
        for team in form.locator("input[type=checkbox]:visible").all():
            team.check()
        self.page.locator('[data-part="invite"] button[type=submit]').click()
        link = [
            self.page.locator(f'[data-part="link"] [data-part="{part}"]').inner_text() for part in ("address", "secret")
        ]
        self.page.locator('[data-part="close-link"]').click()
        return "\n".join(link)

    def invited(self, name: str) -> Locator:
        return self.page.locator(f'[data-invited="{name}"]')

    def member(self, name: str) -> Locator:
        return self.page.locator(f'[data-member="{name}"]')

    def let_in(self, name: str, words: str) -> None:
        """Type three words and press the button."""
        row = self.invited(name)
        row.locator("input").fill(words)
        row.locator("button[type=submit]").click()

    def remove(self, name: str) -> str:
        """Remove somebody, and wait until they are gone; gives what was shown before."""
        shown = self._agreed(name, "remove")
        expect(self.member(name)).to_have_count(0, timeout=30_000)
        return shown

    def reset_second_factor(self, name: str) -> str:
        """Take a lost second factor away; gives the code to say."""
        self._agreed(name, "reset")
        return self.member(name).locator('[data-part="reset-code"] code').inner_text()

    def _agreed(self, name: str, part: str) -> str:
        """Press a button beside somebody and say yes; gives what was asked."""
        self.member(name).locator(f'[data-part="{part}"]').click()
        question = self.page.locator("dialog[open]")
        shown = question.inner_text()
        question.locator('[value="yes"]').click()
        return shown


class Join:
    """An invited person with paper and a pen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.words: list[str] = []
        self.codes: list[str] = []
        self.said: list[str] = []

    def begin(self, link: str) -> None:
        """Open the address, paste the secret, and learn the six words."""
        paste(self.page, link)
        self.page.locator('[data-part="begin"]').click()
        self.words = learn_six_words(self.page)

    def secret(self) -> str:
        """The app's secret as it is shown, in base32."""
        return self.page.locator('[data-part="app"] code').inner_text().replace(" ", "")

    def by_app(self, code: str) -> None:
        self.page.locator("#app-code").fill(code)
        self.page.locator('[data-part="app"] button[type=submit]').click()

    def by_passkey(self) -> None:
        self.page.locator('[data-part="make-passkey"]').click()

    def finish(self) -> None:
        """Keep the recovery codes, and read the three words."""
        self.codes = self.keep_codes()
        expect(self.page.locator('[data-part="check-words"] li')).to_have_count(3)
        self.said = self.page.locator('[data-part="check-words"] li').all_inner_texts()

    def keep_codes(self) -> list[str]:
        """Write the ten recovery codes down."""
        codes = self.page.locator('[data-part="recovery-codes"] code')
        expect(codes).to_have_count(10)
        kept = codes.all_inner_texts()
        self.page.locator('[data-part="have-codes"]').click()
        return kept


def learn_six_words(page: Page) -> list[str]:
    """Write six new words down, and type three of them back."""
    expect(page.locator('[data-part="six-words"] li')).to_have_count(6)
    words = page.locator('[data-part="six-words"] li').all_inner_texts()
    page.locator('[data-part="written"]').click()
    expect(page.locator('[data-part="typed-back"] input')).to_have_count(3)
    for field in page.locator('[data-part="typed-back"] input').all():
        place = re.search("[0-9]+", field.get_attribute("id") or "")
        assert place is not None
        field.fill(words[int(place[0]) - 1])
    page.locator('[data-part="typed-back"] button[type=submit]').click()
    return words


def with_authenticator(page: Page) -> CDPSession:
    """Give a page a passkey device that says yes, and that has PRF."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "hasPrf": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session
