/**
 * On any page, once a sealed report waits: send it. Where the page has notices for that, they say that something waits
 * or was not accepted, and no more.
 */
import { REPORTS } from "../generated/routes.ts";
import { arrange } from "./persistence.ts";
import { sendWaiting } from "./sending.ts";

const address = new URL(REPORTS, location.origin).href;
let timer: ReturnType<typeof setTimeout> | undefined;

function tell(selector: string, shown: boolean) {
  const notice = document.querySelector(selector);
  if (notice instanceof HTMLElement) notice.hidden = !shown;
}

/** What failed once, as on a connection that had just ended, goes again while the page stays open. */
function tryAgainIn(milliseconds: number) {
  clearTimeout(timer);
  timer = setTimeout(() => void send(), milliseconds);
}

async function send() {
  const { waits, refused } = await sendWaiting(address, tryAgainIn);
  tell("[data-unsent]", waits);
  tell("[data-unaccepted]", refused);
  await arrange(waits, refused);
}

addEventListener("online", () => void send());
void send();
