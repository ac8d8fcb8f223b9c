/** The finder needs no script: this only brings into sight what a tap at the end of a small screen opened. */
import { around } from "../lib/dom.ts";

document.addEventListener(
  "toggle",
  ({ target }) => around(target, ".situation[open]")?.scrollIntoView({ block: "nearest" }),
  true,
);
