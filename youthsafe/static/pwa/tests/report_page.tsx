/** A report's page, for the unit tests of what stands on it. */
import assert from "node:assert/strict";
import "./dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { View } from "../src/desk/pages/report/view.tsx";
import { TroubleError } from "../src/desk/trouble.ts";
import { atDesk, cardOf, isShown, openedOf, part, summaryOf } from "./desk_member.ts";

export const ID = "A".repeat(22);
export const ME = { id: "me", name: "Ada" };
export const ASHA = { id: "asha", name: "Asha" };
export const button = (action) => document.querySelector(`[data-action="${action}"]`);
export const offered = () =>
  [...document.querySelectorAll("[data-action]")].filter(isShown).map(({ dataset }) => dataset.action);
export const box = () => document.querySelector("#answer");
export const type = (text) => fireEvent.input(box(), { target: { value: text } });

/** A page of a report that is as `state.now` says when somebody looks; a TroubleError is thrown. */
export async function page(first, options = {}) {
  const state = { now: first };
  const report = async () => {
    if (state.now instanceof TroubleError) throw state.now;
    return state.now;
  };
  const member = await atDesk({ below: `reports/${ID}/`, report, ...options });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(part("wait") === null));
  return { ...member, state };
}

export const claimed = (more = {}) => openedOf(ID, { summary: { claimed_by: ME, ...more.summary }, ...more.opened });

/** Ask for closing it without an outcome. */
export async function closeAsJunk() {
  fireEvent.click(button("close"));
  await waitFor(() => assert.ok(part("closing")));
  fireEvent.click(part("close-junk"));
}

/** Answer the question that waits. */
export async function answer(desk, yes) {
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  desk.questions.waiting.value[0].settle(yes);
}

export const field = (name) => document.querySelector(`#card-${name}`);
export const writeIn = (name, value) => fireEvent.input(field(name), { target: { value } });
export const saveCard = () => fireEvent.submit(part("card-form"));
export const lines = () => [...document.querySelectorAll(".thread > li")].map(({ textContent }) => textContent);
export const withEntries = (count) => openedOf(ID, { summary: { entries: count } });

/** A page of a report with a card, where each entry that is written gives `written`, and leaves the card as `state.card` says. */
export async function cardPage({
  entries = [],
  written = "saved",
  first = withEntries(entries.length),
  ...options
} = {}) {
  const sent = [];
  const state = { card: cardOf(...entries), written };
  const writeOnCard = async (typed) => {
    sent.push(typed);
    if (state.written instanceof TroubleError) throw state.written;
    return { outcome: state.written, card: state.card, counted: true };
  };
  const made = await page(first, { card: async () => state.card, writeOnCard, ...options });
  await waitFor(() => assert.equal(part("card-form").hidden, false));
  return { ...made, sent, ofCard: state };
}

export const CLOSE = `POST /reports/${ID}/close`;

export const closed = (more = {}) => claimed({ ...more, summary: { state: "closed", ...more.summary } });

/** The lines that are asked before a report of one's own is closed. */
export async function closingPage({ summary = {}, opened = {}, ...options } = {}) {
  const answers = { [CLOSE]: summaryOf(ID) };
  const made = await cardPage({ first: claimed({ summary, opened }), answers, ...options });
  fireEvent.click(button("close"));
  await waitFor(() => assert.ok(part("closing")));
  return { ...made, closings: () => made.asked.filter(({ method, path }) => `${method} ${path}` === CLOSE) };
}

export const chooseOutcome = (outcome) =>
  fireEvent.change(document.querySelector("#closing-outcome"), { target: { value: outcome } });

export const pressClose = () => fireEvent.submit(part("closing"));

/** Wait until a button can be pressed again. */
export const idle = (name) => waitFor(() => assert.equal(part(name).getAttribute("aria-disabled"), null));

/** What is said at a field of the lines. */
export const faultAt = (name) => document.querySelector(`#closing-${name}-error`).textContent;
