"""How long something takes somebody: taps and letters counted in their browser, and minutes by a stated rule.

The rule is for a person who has never seen the desk, and says rather too much than too little. What is done away from
the screen, such as walking to a printer, is named by the test with its minutes. What a machine computes is not counted:
a browser makes its keys in seconds.
"""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext

SECONDS_A_TAP = 3  # finding what to press, and pressing it; a field to type in and a list to choose from are taps too
SECONDS_A_WORD = 3  # twenty words a minute, where a word is five letters
LETTERS_A_WORD = 5
SECONDS_A_SCREEN = 15  # reading what is new: a page, a step of one, or a question

COUNT = """(() => {
  const count = (what, many) => globalThis.counted(what, many);
  const listen = (name, hear) => addEventListener(name, hear, { capture: true });
  listen('pointerdown', () => count('taps', 1));
  const asks = (element) => Boolean(element?.closest?.('dialog'));
  const isNew = ({ target, relatedTarget }) => target.matches('h1, h2') || (asks(target) && !asks(relatedTarget));
  listen('focusin', (event) => isNew(event) && count('screens', 1));
  listen('DOMContentLoaded', () => count('screens', 1));
  listen('input', ({ target, data, inputType }) => {
    if (inputType === 'insertFromPaste') return count('taps', PASTED);
    if (!target.matches('input, textarea, select') || target.matches('[type=checkbox], [type=radio]')) return;
    count('taps', 1);
    if (!target.matches('select')) count('letters', (data ?? target.value).length);
  });
})()""".replace("PASTED", "3")  # copying, the field, pasting


@dataclass
class Tally:
    """What somebody did. `away`: what they do away from the screen, in minutes."""

    taps: int = 0
    letters: int = 0
    screens: int = 0
    away: dict[str, float] = field(default_factory=dict)

    def watch(self, context: BrowserContext) -> "Tally":
        """Count from now on what is done in a browser."""
        context.expose_binding("counted", lambda _source, what, many: self.count(what, many))
        context.add_init_script(COUNT)
        return self

    def count(self, what: str, many: int) -> None:
        setattr(self, what, getattr(self, what) + many)

    @property
    def minutes(self) -> float:
        """All of it by the rule."""
        typing = self.letters / LETTERS_A_WORD * SECONDS_A_WORD
        return (self.taps * SECONDS_A_TAP + self.screens * SECONDS_A_SCREEN + typing) / 60 + sum(self.away.values())
