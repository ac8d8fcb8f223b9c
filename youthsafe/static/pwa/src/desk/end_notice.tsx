/** What is said before the signed lists end, and signing them again. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { date } from "../lib/dates.ts";
import type { Desk } from "./session/desk.ts";
import { may, type Session } from "./session/session.ts";
import { _ } from "./texts.ts";
import type { TroubleError } from "./trouble.ts";
import { troubleWords } from "./trouble_words.ts";
import { Button } from "./ui/button.tsx";
import { Notice } from "./ui/notice.tsx";

const DAY_MS = 86_400_000;
/** So long before the end everybody is told, and whoever can sign them again. */
const ENDS_SOON_MS = 7 * DAY_MS;
const SIGN_SOON_MS = 14 * DAY_MS;

interface EndNoticeProps {
  desk: Desk;
  session: Session;
}

/** Calm while there is time, and only to whoever can do something about it. */
export function EndNotice({ desk, session }: EndNoticeProps) {
  const left = session.notAfter - Date.now();
  if (may(session, "team:sign")) return <SignAgain desk={desk} session={session} left={left} />;
  if (left >= ENDS_SOON_MS) return null;
  return (
    <Notice kind="warn">
      {_(
        "The signed lists of teams and people end on %(date)s. Ask your coordinator to sign them again before then: after that nobody can open or send a report here.",
        { date: date(session.notAfter) },
      )}
    </Notice>
  );
}

function SignAgain({ desk, session, left }: EndNoticeProps & { left: number }) {
  const [outcome, setOutcome] = useState<"busy" | "signed" | TroubleError | null>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const day = { date: date(session.notAfter) };
  const soon = left < SIGN_SOON_MS;
  const trouble = outcome !== null && typeof outcome === "object" ? outcome : null;

  useLayoutEffect(() => {
    if (outcome === "signed") said.current?.focus(); // the button is gone
  }, [outcome]);

  async function sign(): Promise<void> {
    setOutcome("busy");
    try {
      await desk.signAgain();
      setOutcome("signed");
    } catch (error) {
      setOutcome(desk.troubleOf(error));
    }
  }

  return (
    <>
      <p
        role="status"
        class="notice ok"
        tabIndex={-1}
        ref={said}
        data-part="signed-again"
        hidden={outcome !== "signed"}
      >
        {outcome === "signed" && <span>{_("The lists are signed again. They end on %(date)s.", day)}</span>}
      </p>
      {soon && (
        <div class={left < ENDS_SOON_MS ? "notice warn" : "notice"} data-part="sign-soon">
          <div class="stack">
            <p>
              {_(
                "The signed lists of teams and people end on %(date)s. Sign them again before then: after that nobody can open or send a report here.",
                day,
              )}
            </p>
            <p class="actions">
              <Button part="sign-again" busy={outcome === "busy"} onPress={() => void sign()}>
                {_("Sign them again as they are")}
              </Button>
            </p>
          </div>
        </div>
      )}
      <Notice kind="warn" alert part="sign-trouble">
        {trouble && troubleWords(trouble)}
      </Notice>
    </>
  );
}
