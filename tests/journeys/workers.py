"""The real workers that lock and open, asked in a real browser the way their pages ask them."""

from playwright.sync_api import Page

START = """async ([sealer, reader, signed, lists]) => {
  globalThis.lists = lists;
  const line = (address) => {
    const worker = new Worker(address, { type: 'module' });
    let last = 0;
    return (name, question) => new Promise((yes, no) => {
      const number = ++last;
      const heard = ({ data }) => {
        if (data.number !== number) return;
        worker.removeEventListener('message', heard);
        if (data.kind) no(new Error(`${name}: ${data.kind}`)); else yes(data.value);
      };
      worker.addEventListener('message', heard);
      worker.postMessage({ name, number, question });
    });
  };
  globalThis.sealer = line(sealer);
  globalThis.reader = line(reader);
  const headers = { 'Content-Type': 'application/json' };
  globalThis.post = async (path, body) => (await fetch(path, { method: 'POST', body, headers })).json();
  const { teams } = await globalThis.sealer('accept', { signed, now: Date.now() });
  await globalThis.reader('accept', { signed, now: Date.now() });
  globalThis.team = teams[0].id;
}"""
SEAL = """(reports) => (async () => {
  const sealed = [];
  for (const { letter, units, locale, urgent, wantsReply } of reports) {
    const danger = urgent ? [{ field: 1, text: 'yes' }] : [];
    const answers = [...danger, { field: 4, text: letter.repeat(units / letter.length) }];
    const { body } = await sealer('seal', { answers, locale, now: Date.now(), team, wantsReply });
    sealed.push(body.length, new TextEncoder().encode(body).length);
  }
  return [...new Set(sealed)];
})()"""
OPEN_A_MAILBOX = """async () => {
  const answers = [{ field: 4, text: 'A made-up worry' }];
  const { body, words } = await sealer('seal', { answers, locale: 'en', now: Date.now(), team, wantsReply: true });
  await post('/api/v1/reports', body);
  await reader('derive', { words: words.join(' '), lists });
  const mailbox = await post('/api/v1/mailbox', await reader('request', { before: 0 }));
  await reader('open', { mailbox: { report: mailbox.report, answers: [], sent: [] }, now: Date.now() });
  globalThis.words = words.join(' ');
}"""
WRITE_BACK = """(messages) => (async () => {
  const sealed = [];
  for (const { letter, units, locale } of messages) {
    const { body } = await reader('seal', { text: letter.repeat(units / letter.length), locale, now: Date.now() });
    sealed.push(body.length, new TextEncoder().encode(body).length);
  }
  return [...new Set(sealed)];
})()"""
TIMES = """async (rounds) => {
  const times = { sealing: [], deriving: [] };
  const timed = async (into, action) => {
    const start = performance.now();
    await action();
    into.push(performance.now() - start);
  };
  for (let round = 0; round < rounds; round += 1) {
    await timed(times.sealing, () => reader('seal', { text: 'x'.repeat(1500), locale: 'en', now: Date.now() }));
  }
  for (let round = 0; round < rounds; round += 1) await timed(times.deriving, () => reader('derive', { words, lists }));
  const median = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
  return { sealing: median(times.sealing), deriving: median(times.deriving) };
}"""


class Workers:
    """The sealer of reports and the reader of mailboxes, each in a worker of a page of ours."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        addresses: list[str | None] = []
        lists: list[str] = []
        for path, name in (("replies", "reader"), ("report", "sealer")):
            page.goto(f"{base}/en/{path}/")
            addresses.insert(0, page.locator(f"[data-{name}]").get_attribute(f"data-{name}"))
            if name == "reader":
                lists = (page.locator("[data-lists]").get_attribute("data-lists") or "").split()
        signed = page.evaluate("fetch('/api/v1/bundle').then((answer) => answer.json())")
        page.evaluate(START, [*addresses, signed, lists])

    def lengths_of_reports(self, reports: list[dict[str, object]]) -> list[int]:
        """The different lengths of the bodies of these reports: letter, units (UTF-16), locale, urgent, wantsReply."""
        return list(self.page.evaluate(SEAL, reports))

    def open_a_mailbox(self) -> None:
        """Send a report, and open its mailbox."""
        self.page.evaluate(OPEN_A_MAILBOX)

    def lengths_of_messages(self, messages: list[dict[str, object]]) -> list[int]:
        """The different lengths of the bodies of these messages: letter, units (UTF-16), locale."""
        return list(self.page.evaluate(WRITE_BACK, messages))

    def milliseconds(self, rounds: int) -> dict[str, float]:
        """Medians of `sealing` one message and of `deriving` a mailbox from its code."""
        return dict(self.page.evaluate(TIMES, rounds))
