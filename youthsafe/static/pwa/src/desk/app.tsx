/** What stands on the screen: the entrance, or the page that the address names, and above it questions and notices. */
import { useLayoutEffect } from "preact/hooks";
import { date } from "../lib/dates.ts";
import { ClosedDaysNotice } from "./closed_days_notice.tsx";
import { EndNotice } from "./end_notice.tsx";
import type { PageLoading } from "./page_loading.ts";
import type { Desk, DeskState, Visit } from "./session/desk.ts";
import { Enrol } from "./session/enrol.tsx";
import { SecurityEvents } from "./session/security_events.tsx";
import type { Session } from "./session/session.ts";
import { may } from "./session/session.ts";
import { SignIn } from "./session/sign_in.tsx";
import { Unlock } from "./session/unlock.tsx";
import { _ } from "./texts.ts";
import { TroubleError } from "./trouble.ts";
import { troubleWords } from "./trouble_words.ts";
import { Button } from "./ui/button.tsx";
import { Dialog } from "./ui/dialog.tsx";
import { EmptyState } from "./ui/empty_state.tsx";
import { Notice } from "./ui/notice.tsx";

export interface AppProps {
  desk: Desk;
  loading: PageLoading;
}

export function App({ desk, loading }: AppProps) {
  const { session } = desk;
  return (
    <>
      <p class="visually-hidden" role="status" data-part="status">
        {desk.status.value}
      </p>
      <div class="stack" data-part="notices">
        {session && <SessionNotices desk={desk} session={session} />}
      </div>
      <div class="toast-region" role="status" data-part="locks-soon">
        {desk.locksSoon.value && (
          <p class="toast">{_("This page locks in a minute, because nobody has touched it.")}</p>
        )}
      </div>
      <div data-part="view">
        <View desk={desk} loading={loading} state={desk.state.value} />
      </div>
      {desk.questions.waiting.value.map(({ body, settle, ...question }) => (
        <Dialog key={question.name} {...question} onAnswer={settle}>
          {body}
        </Dialog>
      ))}
    </>
  );
}

const OneMoment = () => <EmptyState part="wait">{_("One moment…")}</EmptyState>;

function View({ desk, loading, state }: AppProps & { state: DeskState }) {
  const visit = desk.visit.value;
  if (state.kind === "starting") return null;
  if (visit.page.permission === null) return <PageOf key={visit.visit} desk={desk} loading={loading} visit={visit} />;
  if (state.kind === "locked") return <Unlock desk={desk} name={state.name} passkey={state.passkey} />;
  if (state.kind === "enrolling") return <Enrol desk={desk} id={state.id} name={state.name} />;
  if (state.kind === "signed-out") return <SignIn desk={desk} trouble={state.trouble} />;
  if (state.kind === "leaving" || !state.ready) return <OneMoment />;
  if (!may(state.session, visit.page.permission)) return <Notice kind="warn">{troubleWords("forbidden")}</Notice>;
  return <PageOf key={visit.visit} desk={desk} loading={loading} visit={visit} />;
}

/** A page that is not here yet is got; where that fails, it is tried again with the next look, or by a press. */
function PageOf({ desk, loading, visit }: AppProps & { visit: Visit }) {
  const found = loading.views.value.get(visit.page);
  const missing = found === undefined || found instanceof TroubleError;
  const again = (): Promise<void> => loading.load(visit.page);
  useLayoutEffect(() => {
    if (!missing) return undefined;
    void again();
    return desk.shows({ refresh: again });
  }, [missing]);
  if (found === undefined) return <OneMoment />;
  if (found instanceof TroubleError) return <NotHere trouble={found} onPress={again} />;
  const Shown = found;
  return <Shown desk={desk} visit={visit} />;
}

function NotHere({ trouble, onPress }: { trouble: TroubleError; onPress: () => Promise<void> }) {
  return (
    <>
      <Notice kind="warn" alert>
        {troubleWords(trouble)}
      </Notice>
      <p class="actions">
        <Button part="try-again" onPress={() => void onPress()}>
          {_("Try again")}
        </Button>
      </p>
    </>
  );
}

function SessionNotices({ desk, session }: { desk: Desk; session: Session }) {
  const { alarms, rootChanged } = session;
  return (
    <>
      <SecurityEvents desk={desk} />
      {rootChanged !== null && (
        <Notice>
          {_(
            "The key of this site was changed on %(date)s, and the key that this browser knew signed the new one. If nobody told you about it, ask your coordinator.",
            { date: date(rootChanged) },
          )}
        </Notice>
      )}
      {alarms.includes("grant") && (
        <Notice kind="warn">
          {_("One of your team keys does not open. Reports of that team stay sealed. Tell your coordinator.")}
        </Notice>
      )}
      <EndNotice desk={desk} session={session} />
      <ClosedDaysNotice desk={desk} session={session} />
    </>
  );
}
