/** The words for what was done to a report, and the place where they are said. */
import type { ComponentChild } from "preact";
import { clock } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import { TroubleError } from "../../trouble.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { NewsKind } from "./news.ts";
import type { Note, Said } from "./said.ts";

interface NoteSlots extends Record<string, string> {
  name: string;
  time: string;
}

const WORDS: Record<NewsKind, (slots: NoteSlots) => ComponentChild> = {
  "done-claim": () => _("You have claimed this report."),
  "done-release": () => _("This report is claimed by nobody now."),
  "done-close": () => _("This report is closed."),
  "done-reopen": () => _("This report is open again, and claimed by you."),
  "done-hold": () => _("This report is on hold: it is not erased by itself."),
  "done-lift": () => _("The hold is lifted: this report is erased when its time comes."),
  "done-sign": () => _("You have signed the outcome. The report can be closed now."),
  "done-wait": () => _("The day to look again is on the case card."),
  "done-hand-over": () => _("This report is handed over. Your colleague has claimed it."),
  "done-take": () => _("You have taken this report."),
  "news-taken-over": (slots) => _("%(name)s took this report over. We saw it at %(time)s.", slots),
  "news-closed": (slots) => _("%(name)s closed this report. We saw it at %(time)s.", slots),
  "news-wrote": (slots) => _("The person wrote again. We saw it at %(time)s.", slots),
  "news-withdrawn": (slots) =>
    _("The website says that the person took this report back. We saw it at %(time)s.", slots),
  "news-claimed": (slots) => _("%(name)s claimed this report. We saw it at %(time)s.", slots),
  "news-released": (slots) => _("%(name)s gave this report back. We saw it at %(time)s.", slots),
  "news-answered": (slots) => _("Another answer was sent. We saw it at %(time)s.", slots),
  "refused-lost": (slots) => _("%(name)s was quicker and claimed this report.", slots),
  "refused-wrote": () => _("Not closed: the person wrote again. Read it first."),
  "refused-answer": (slots) => _("Not sent: %(name)s has claimed this report.", slots),
};

const WROTE: ReadonlySet<NewsKind> = new Set<NewsKind>(["news-wrote", "refused-wrote"]);

/** `show`: goes to the newest message. */
interface Place {
  said: Said;
  show: () => void;
}

/** What happened is said here, between the two places where a hand may be, and stays in sight. */
export function SaidHere({ said, show }: Place) {
  const { refusal, news, here } = said;
  return (
    <div class="said">
      <Notice kind="warn" alert focusable part="refusal">
        {refusal.value && <Refusal refusal={refusal.value} show={show} />}
      </Notice>
      <div role="status" data-part="news">
        {news.value && <NoteOf note={news.value} show={show} />}
      </div>
      <div data-part="done-here" tabIndex={-1}>
        {here.value && <NoteOf note={here.value} show={show} />}
      </div>
    </div>
  );
}

function Refusal({ refusal, show }: { refusal: NonNullable<Said["refusal"]["value"]>; show: () => void }) {
  if (refusal === "undone") return _("It was not done. Try once more.");
  if (refusal instanceof TroubleError) return troubleWords(refusal);
  return <NoteWords note={refusal} show={show} />;
}

function NoteOf({ note, show }: { note: Note; show: () => void }) {
  return (
    <Notice kind={note.kind.startsWith("done-") ? "ok" : "plain"}>
      <NoteWords note={note} show={show} />
    </Notice>
  );
}

function NoteWords({ note: { kind, name, at }, show }: { note: Note; show: () => void }) {
  return (
    <>
      <span data-part="words">{WORDS[kind]({ name, time: clock(at) })}</span>{" "}
      <Button part="show" hidden={!WROTE.has(kind)} onPress={show}>
        {_("Show the new message")}
      </Button>
    </>
  );
}
