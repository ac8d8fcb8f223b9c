/** The page of a quiz. */
import { one } from "../lib/dom.ts";
import { Questions } from "./questions.ts";

new Questions(one(document, "[data-quiz]"));
