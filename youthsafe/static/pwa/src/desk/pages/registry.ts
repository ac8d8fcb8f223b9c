/** Every page of the desk, in the order of the menu. The first is the one for an address that is not known. */
import type { DeskPages } from "../session/desk.ts";
import { floods } from "./floods/index.ts";
import { inbox } from "./inbox/index.ts";
import { report } from "./report/index.ts";

export const PAGES: DeskPages = [inbox, floods, report];
