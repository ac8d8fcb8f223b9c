/** My account: each thing in a panel of its own, and what came of a press beside its button. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type * as api from "../../../generated/api.ts";
import { dayAndTime, figure } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { PageProps } from "../../session/desk.ts";
import { canUsePasskeys } from "../../session/passkeys.ts";
import { AppSetUp, RecoveryCodes } from "../../session/second_factor.tsx";
import { WordsField } from "../../session/words_field.tsx";
import { WordsLearnt } from "../../session/words_learnt.tsx";
import { _ } from "../../texts.ts";
import type { TroubleError, TroubleKind } from "../../trouble.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { type Outcome, OwnAccount, type Panel } from "./own_account.ts";
import { ShortcutsPanel } from "./shortcuts_panel.tsx";
import { WokenPanel } from "./woken_panel.tsx";

export function View({ desk }: PageProps) {
  const own = useMemo(() => new OwnAccount(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(own);
    void own.refresh();
    return leave;
  }, []);
  const account = own.account.value;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("My account")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="account" />
      </div>
      <Notice kind="warn" alert part="trouble">
        {own.trouble.value && troubleWords(own.trouble.value)}
      </Notice>
      {own.waiting.value && <Confirm own={own} />}
      {account && !own.waiting.value && (
        <>
          <Words own={own} />
          <App own={own} account={account} />
          <Passkeys own={own} account={account} />
          <Codes own={own} account={account} />
          <Sessions own={own} />
          <Mail own={own} account={account} />
          <WokenPanel desk={desk} />
          <ShortcutsPanel desk={desk} />
        </>
      )}
    </section>
  );
}

/** Both factors again: nobody who finds an open desk changes its member's keys. */
function Confirm({ own }: { own: OwnAccount }) {
  const [words, code] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const typed = (): string => words.current?.value ?? "";
  return (
    <form
      class="panel stack"
      data-part="confirm"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        void own.confirm(typed(), (code.current?.value ?? "").replace(/[\s-]/g, "").toUpperCase());
      }}
    >
      <h2 tabIndex={-1} ref={heading}>
        {_("First show that it is you")}
      </h2>
      <p>{_("You signed in more than ten minutes ago. Give your words and your second factor once more.")}</p>
      <WordsField field={words} hint={_("They stay in this browser and are never sent.")} error={null} />
      <Field
        id="confirm-code"
        label={_("Code")}
        control={(props) => <input {...props} ref={code} autocomplete="one-time-code" dir="ltr" />}
      />
      <SaidOf own={own} panel="confirm" />
      <div class="actions">
        <Button kind="primary" sends busy={own.busy.value}>
          {_("Go on")}
        </Button>
        <Button
          part="confirm-passkey"
          busy={own.busy.value}
          hidden={!canUsePasskeys()}
          onPress={() => void own.confirmByPasskey(typed())}
        >
          {_("Go on with a passkey")}
        </Button>
        <Button kind="quiet" part="leave-confirm" onPress={() => own.leaveConfirming()}>
          {_("Change nothing")}
        </Button>
      </div>
    </form>
  );
}

interface PanelProps {
  own: OwnAccount;
  panel: Panel;
  title: string;
  children: ComponentChildren;
}

function PanelOf({ own, panel, title, children }: PanelProps) {
  return (
    <section class="panel stack" data-part={`panel-${panel}`}>
      <h2>{title}</h2>
      {children}
      <SaidOf own={own} panel={panel} />
    </section>
  );
}

function Words({ own }: { own: OwnAccount }) {
  const shown = own.words.value;
  const said = own.said.value;
  const trouble = said?.panel === "words" && "trouble" in said ? said.trouble : null;
  return (
    <PanelOf own={own} panel="words" title={_("Your six words")}>
      {shown ? (
        <WordsLearnt
          shown={shown}
          busy={own.busy.value}
          trouble={trouble}
          onTyped={(typed) => void own.changeWords(typed)}
          onLeave={() => own.leaveWords()}
        />
      ) : (
        <>
          <p>
            {_(
              "They open your keys, and nobody else has them. If somebody may have seen them, make new ones. Every other browser is signed out then.",
            )}
          </p>
          <Button part="new-words" busy={own.busy.value} onPress={() => void own.beginWords()}>
            {_("Make new words")}
          </Button>
        </>
      )}
    </PanelOf>
  );
}

interface OfAccount {
  own: OwnAccount;
  account: api.Account;
}

function App({ own, account }: OfAccount) {
  const said = own.said.value;
  const trouble = said?.panel === "app" && "trouble" in said ? said.trouble : null;
  return (
    <PanelOf own={own} panel="app" title={_("App that makes codes")}>
      <p>{account.app ? <Badge kind="ok">{_("Set up")}</Badge> : <Badge>{_("Not set up")}</Badge>}</p>
      {own.app.value ? (
        <AppSetUp
          app={own.app.value}
          busy={own.busy.value}
          trouble={trouble}
          onCode={(code) => void own.confirmApp(code)}
          onLeave={() => own.leaveApp()}
        />
      ) : (
        <div class="actions">
          <Button part="new-app" busy={own.busy.value} onPress={() => void own.beginApp()}>
            {account.app ? _("Use another app") : _("Set up an app")}
          </Button>
          <Button
            part="remove-app"
            hidden={!account.app || account.passkeys.length === 0}
            busy={own.busy.value}
            onPress={() => void own.removeApp()}
          >
            {_("Remove the app")}
          </Button>
        </div>
      )}
    </PanelOf>
  );
}

function Passkeys({ own, account }: OfAccount) {
  const label = useRef<HTMLInputElement>(null);
  const only = !account.app && account.passkeys.length === 1;
  return (
    <PanelOf own={own} panel="passkeys" title={_("Passkeys")}>
      {account.passkeys.length === 0 && <p>{_("You have none.")}</p>}
      <ul class="rows">
        {account.passkeys.map((passkey) => (
          <li key={passkey.id} class="row">
            <h3 class="row-head">
              <bdi>{passkey.label}</bdi>
              {passkey.opens_keys && <Badge kind="info">{_("Unlocks the desk too")}</Badge>}
            </h3>
            <p class="hint">{_("Made on %(time)s", { time: dayAndTime(Date.parse(passkey.made)) })}</p>
            <p class="actions">
              <Button hidden={only} busy={own.busy.value} onPress={() => void own.removePasskey(passkey.id)}>
                {_("Remove")}
              </Button>
            </p>
          </li>
        ))}
      </ul>
      {only && <p class="hint">{_("It is your only second factor, so it stays.")}</p>}
      <form
        class="stack"
        data-part="add-passkey"
        hidden={!canUsePasskeys()}
        onSubmit={(event) => {
          event.preventDefault();
          void own.addPasskey(label.current?.value.trim() || _("Passkey")).then((made) => {
            if (made && label.current) label.current.value = "";
          });
        }}
      >
        <Field
          id="passkey-label"
          label={_("What you call it, such as “my phone”")}
          control={(props) => <input {...props} ref={label} autocomplete="off" maxLength={40} dir="auto" />}
        />
        <Button sends busy={own.busy.value}>
          {_("Add a passkey")}
        </Button>
      </form>
    </PanelOf>
  );
}

function Codes({ own, account }: OfAccount) {
  const codes = own.codes.value;
  return (
    <PanelOf own={own} panel="codes" title={_("Recovery codes")}>
      {codes.length > 0 ? (
        <RecoveryCodes
          codes={codes}
          onDone={() => {
            own.codes.value = [];
          }}
        />
      ) : (
        <>
          <p>{_("Recovery codes left: %(count)s", { count: figure(account.codes_left) })}</p>
          <p class="hint">{_("New ones end the old ones.")}</p>
          <Button part="new-codes" busy={own.busy.value} onPress={() => void own.newCodes()}>
            {_("Make ten new codes")}
          </Button>
        </>
      )}
    </PanelOf>
  );
}

function Sessions({ own }: { own: OwnAccount }) {
  const sessions = own.sessions.value;
  return (
    <PanelOf own={own} panel="sessions" title={_("Where you are signed in")}>
      <p class="hint">{_("We keep no address and no name of a browser, only times.")}</p>
      <ul class="rows">
        {sessions.map(({ id, begun, seen, here }) => (
          <li key={id} class="row">
            <p class="row-head">
              {_("Since %(time)s", { time: dayAndTime(Date.parse(begun)) })}
              {here && <Badge kind="ok">{_("This browser")}</Badge>}
            </p>
            <p class="hint">{_("Last used %(time)s", { time: dayAndTime(Date.parse(seen)) })}</p>
            <p class="actions">
              <Button hidden={here} busy={own.busy.value} onPress={() => void own.endSession(id)}>
                {_("Sign it out")}
              </Button>
            </p>
          </li>
        ))}
      </ul>
      <Button part="end-others" hidden={sessions.length < 2} busy={own.busy.value} onPress={() => void own.endOthers()}>
        {_("Sign out everywhere else")}
      </Button>
    </PanelOf>
  );
}

function Mail({ own, account }: OfAccount) {
  const address = useRef<HTMLInputElement>(null);
  return (
    <PanelOf own={own} panel="mail" title={_("Address for mail")}>
      <p>
        {_(
          "You need none. With one, you are told while your team reads that something waits: within a minute if it is urgent, else once an hour at most. No mail says what a report is about.",
        )}
      </p>
      <form
        class="stack"
        data-part="mail"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void own.keepMail(address.current?.value.trim() ?? "");
        }}
      >
        <Field
          id="mail"
          label={_("Address, or nothing")}
          control={(props) => (
            <input
              {...props}
              ref={address}
              type="email"
              autocomplete="off"
              dir="ltr"
              maxLength={254}
              defaultValue={account.mail ?? ""}
            />
          )}
        />
        <Button sends busy={own.busy.value}>
          {_("Save")}
        </Button>
      </form>
    </PanelOf>
  );
}

const OUTCOMES: Record<Outcome, () => string> = {
  words: () => _("Your new words count from now on. Throw away the paper with the old ones."),
  app: () => _("The app is your second factor now. Every other browser is signed out."),
  "app-removed": () => _("Codes of the app count no more."),
  passkey: () => _("The passkey is kept."),
  "passkey-removed": () => _("The passkey counts no more. Remove it from your device too."),
  session: () => _("That browser is signed out."),
  mail: () => _("Saved."),
};

const REFUSALS: Partial<Record<TroubleKind, () => string>> = {
  conflict: () => _("Nothing was changed: it is your only second factor, or it is here already."),
};

function SaidOf({ own, panel }: { own: OwnAccount; panel: Panel }) {
  const said = own.said.value?.panel === panel ? own.said.value : null;
  return (
    <>
      <p role="status" data-part="outcome">
        {said && "done" in said && OUTCOMES[said.done]()}
      </p>
      <Notice kind="warn" alert part="panel-trouble">
        {said && "trouble" in said && wordsOf(said.trouble)}
      </Notice>
    </>
  );
}

const wordsOf = (trouble: TroubleError) => REFUSALS[trouble.kind]?.() ?? troubleWords(trouble);
