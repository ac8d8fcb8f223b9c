/** What a reporter told: codes of docs/envelope.md section 3.1 in the caseworker's language, texts as they were typed. */
import { Fragment } from "preact";
import { textOf } from "../../reports/answers.ts";
import { answerParts, type Cover } from "../../reports/first_look.ts";
import type { OpenedAnswer } from "../../reports/opening.ts";
import { _ } from "../../texts.ts";
import { Notice } from "../../ui/notice.tsx";
import { CoveredText } from "./covered_text.tsx";

type Words = () => string;
type Codes = Record<string, Words>;

const SURENESS: Codes = { yes: () => _("Yes"), no: () => _("No"), unsure: () => _("Not sure") };

const QUESTIONS: Record<number, { question: Words; codes: Codes }> = {
  1: { question: () => _("Is anyone in danger right now?"), codes: SURENESS },
  2: {
    question: () => _("Who is being hurt?"),
    codes: {
      me: () => _("The person writing"),
      friend: () => _("A friend"),
      sibling: () => _("A brother or sister"),
      child: () => _("Another child"),
      adult: () => _("An adult"),
      place: () => _("A place"),
    },
  },
  3: {
    question: () => _("What is it about?"),
    codes: {
      bullying: () => _("Bullying"),
      fighting: () => _("Fighting"),
      knife: () => _("A knife or other weapon"),
      home: () => _("Something at home"),
      touching: () => _("Touching that is not wanted"),
      pictures: () => _("Nude or private pictures"),
      online: () => _("Something online"),
      pressure: () => _("Being pressed to do something"),
      drugs: () => _("Drugs or alcohol"),
      hate: () => _("Hate"),
      missing: () => _("Someone is missing"),
      feelings: () => _("Feeling very bad"),
      selfharm: () => _("Self-harm or suicide"),
      place: () => _("A place that feels unsafe"),
      other: () => _("Something else"),
    },
  },
  4: { question: () => _("What happened?"), codes: {} },
  5: {
    question: () => _("Where?"),
    codes: {
      school: () => _("School"),
      home: () => _("At home"),
      online: () => _("Online"),
      street: () => _("Street"),
      park: () => _("Park"),
      bus: () => _("Bus"),
      shop: () => _("Shop"),
      other: () => _("Somewhere else"),
    },
  },
  6: { question: () => _("Which area?"), codes: {} },
  7: {
    question: () => _("When?"),
    codes: {
      now: () => _("Now"),
      today: () => _("Today"),
      week: () => _("This week"),
      longer: () => _("Longer ago"),
      unsure: () => _("Not sure"),
    },
  },
  8: { question: () => _("Is it still happening?"), codes: SURENESS },
  9: { question: () => _("What would help?"), codes: {} },
  10: { question: () => _("Who they are"), codes: {} },
  11: {
    question: () => _("Who is doing it?"),
    codes: {
      child: () => _("Another young person"),
      group: () => _("A group"),
      home: () => _("An adult at home"),
      trust: () => _("An adult who works with children"),
      adult: () => _("Another adult"),
      unsure: () => _("Not sure"),
    },
  },
  12: { question: () => _("Are they safe tonight?"), codes: SURENESS },
  13: { question: () => _("Their school or age"), codes: {} },
  14: {
    question: () => _("May we talk to their school?"),
    codes: {
      tell: () => _("You may tell my school"),
      ask: () => _("Ask me first"),
      listen: () => _("Just listen"),
    },
  },
};

const HELP = 9;
const TONIGHT = 12;
const WISH = 14;
const WISHES: Codes = {
  tell: () => _("Their wish: you may tell their school."),
  ask: () => _("Their wish: ask them before you talk to their school."),
  listen: () => _("Their wish: just listen, and tell nobody."),
};

/** What they said to a question of which one code is chosen, in words; empty where they did not say. */
export function saidOf(answers: readonly OpenedAnswer[], field: number): string {
  const text = textOf(answers, field);
  return QUESTIONS[field]?.codes[text]?.() ?? text;
}

/** What they want us to do, and what would help, as far as they said. */
export const wantedOf = (answers: readonly OpenedAnswer[]): string =>
  [wishOf(answers), textOf(answers, HELP)].filter(Boolean).join("\n");

const wishOf = (answers: readonly OpenedAnswer[]): string => WISHES[textOf(answers, WISH)]?.() ?? "";

/** What changes the next step stands before the answers. The form told them that a danger goes before their wish. */
export function Wish({ answers }: { answers: readonly OpenedAnswer[] }) {
  const tonight = textOf(answers, TONIGHT);
  const wish = wishOf(answers);
  return (
    <>
      <Notice kind="warn" part="tonight">
        {tonight === "no" && _("They say that they are not safe tonight.")}
        {tonight === "unsure" && _("They are not sure that they are safe tonight.")}
      </Notice>
      <Notice part="wish">
        {wish && [wish, _("If someone is in danger, that goes before it. They know that.")].join(" ")}
      </Notice>
    </>
  );
}

export interface AnswersShownProps {
  answers: readonly OpenedAnswer[];
  /** The language that the texts are written in. */
  locale: string;
  /** At the first look. */
  cover?: Cover | false;
}

export function AnswersShown({ answers, locale, cover = false }: AnswersShownProps) {
  return (
    <dl class="report-text" data-part="answers">
      {answers.map(({ field, codes, text }) => (
        <Fragment key={field}>
          <dt data-part="question">{QUESTIONS[field]?.question()}</dt>
          {codes ? <Coded field={field} codes={codes} /> : <Typed {...{ field, text, locale, cover }} />}
        </Fragment>
      ))}
    </dl>
  );
}

/** A code that is not known stands as it is. */
function Coded({ field, codes }: { field: number; codes: readonly string[] }) {
  const words = QUESTIONS[field]?.codes ?? {};
  const named = codes.map((code) => (Object.hasOwn(words, code) ? words[code]?.() : undefined) ?? code);
  const list = new Intl.ListFormat(document.documentElement.lang, { type: "unit" });
  return <dd data-part="value">{list.format(named)}</dd>;
}

type Typing = Pick<OpenedAnswer, "field" | "text"> & { locale: string; cover: Cover | false };

/** Text that a person typed, in its own language and direction. */
function Typed({ field, text, locale, cover }: Typing) {
  return (
    <dd data-part="value" dir="auto" lang={locale}>
      {cover === false ? text : <CoveredText parts={answerParts(field, text, cover)} />}
    </dd>
  );
}
