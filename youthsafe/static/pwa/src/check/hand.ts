/** The page of the hand of help. */
import { onClick, one } from "../lib/dom.ts";
import { Fingers } from "./fingers.ts";

const hand = one(document, "[data-hand]");

new Fingers(hand);
onClick(hand, "[data-print]", () => print());
