/** Mail: the mail server with a test beside it, what waits, and what was not delivered. */
import type { TargetedInputEvent } from "preact";
import { useLayoutEffect, useMemo } from "preact/hooks";
import { dayAndTime, figure } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { PageProps } from "../../session/desk.ts";
import { _, ngettext } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Table } from "../../ui/table.tsx";
import type { Mail, MailReached } from "../../wire.ts";
import { ReadersWithoutMail } from "../../without_mail.tsx";
import { type MailField, MailShown, type TestOutcome, type Typed } from "./mail.ts";
import { KIND_WORDS, PROBLEM_WORDS, reachedWords } from "./words.ts";

export function View({ desk }: PageProps) {
  const shown = useMemo(() => new MailShown(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(shown);
    void shown.refresh();
    return leave;
  }, []);
  const mail = shown.mail.value;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Mail")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="settings" />
      </div>
      <p class="hint">
        {_(
          "Mail tells colleagues that something is waiting or that something about their account was changed. It never says anything of a report.",
        )}
      </p>
      <Notice kind="warn" alert part="trouble">
        {shown.trouble.value && troubleWords(shown.trouble.value)}
      </Notice>
      {mail && (
        <>
          <Server shown={shown} mail={mail} />
          <TestMessage shown={shown} mail={mail} />
          <Queue mail={mail} />
        </>
      )}
    </section>
  );
}

function Server({ shown, mail: { account } }: { shown: MailShown; mail: Mail }) {
  const { server, port, security, user, password, sender } = shown.typed.value;
  return (
    <form
      class="panel stack"
      data-part="server"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void shown.save();
      }}
    >
      <h2>{_("Mail server")}</h2>
      {!account && <p data-part="none">{_("No mail server is set up, so no mail goes out.")}</p>}
      <TextField shown={shown} field="server" label={_("Server")} hint={_("Such as smtp.example.org")} value={server} />
      <Field
        id="mail-security"
        label={_("Encryption")}
        error={isWrong(shown, "security") && _("Without encryption only a mail server on this machine can be used.")}
        control={(props) => (
          <select
            {...props}
            value={security}
            onChange={({ currentTarget: { value } }) => {
              if (value === "starttls" || value === "tls" || value === "none") shown.choose(value);
            }}
          >
            <option value="starttls">{_("STARTTLS (usually port 587)")}</option>
            <option value="tls">{_("TLS from the first byte (usually port 465)")}</option>
            <option value="none">{_("None: only for a mail server on this machine")}</option>
          </select>
        )}
      />
      <TextField shown={shown} field="port" label={_("Port")} value={port} numeric />
      <TextField
        shown={shown}
        field="user"
        label={_("User")}
        hint={_("Empty, if the server wants none.")}
        value={user}
      />
      <TextField
        shown={shown}
        field="password"
        label={_("Password")}
        hint={account?.has_password ? _("A password is saved. Leave this empty to keep it.") : undefined}
        value={password}
        secret
      />
      <TextField
        shown={shown}
        field="sender"
        label={_("Sender’s address")}
        hint={_("Mail comes from this address. Nobody needs to read what is sent back to it.")}
        value={sender}
      />
      <p class="actions">
        <Button kind="primary" sends part="save" busy={shown.busy.value !== null}>
          {_("Save")}
        </Button>
        <Button
          kind="danger"
          part="remove"
          hidden={!account}
          busy={shown.busy.value !== null}
          onPress={() => void shown.remove()}
        >
          {_("Remove the mail server")}
        </Button>
      </p>
      <p role="status" data-part="outcome">
        {shown.outcome.value === "saved" && _("Saved. Send a test message now.")}
        {shown.outcome.value === "removed" && _("The mail server is removed.")}
      </p>
      <Notice kind="warn" alert part="press-trouble">
        {shown.pressTrouble.value && troubleWords(shown.pressTrouble.value)}
      </Notice>
    </form>
  );
}

const FAULTS: Record<Exclude<MailField, "security">, () => string> = {
  server: () => _("Write the name of the server, such as smtp.example.org, without spaces and without https://."),
  port: () => _("Write a number from 1 to 65535."),
  user: () => _("A password goes with a user: write the user too, or no password."),
  password: () => _("Type the password. It must be typed anew when server, port, encryption or user change."),
  sender: () => _("Write an address, such as desk@example.org."),
  to: () => _("Write an address, such as desk@example.org."),
};

const isWrong = (shown: MailShown, field: MailField): boolean => shown.wrong.value.includes(field);

interface TextFieldProps {
  shown: MailShown;
  field: Exclude<keyof Typed, "security">;
  label: string;
  hint?: string | undefined;
  value: string;
  numeric?: boolean;
  secret?: boolean;
}

function TextField({ shown, field, label, hint, value, numeric = false, secret = false }: TextFieldProps) {
  const onInput = ({ currentTarget }: TargetedInputEvent<HTMLInputElement>): void =>
    shown.type({ [field]: currentTarget.value });
  const plain = { dir: "ltr", autocapitalize: "none", spellcheck: false, value, onInput } as const;
  return (
    <Field
      id={`mail-${field}`}
      label={label}
      hint={hint}
      error={isWrong(shown, field) && FAULTS[field]()}
      control={(props) =>
        secret ? (
          <input {...props} {...plain} type="password" autocomplete="new-password" />
        ) : (
          <input {...props} {...plain} inputMode={numeric ? "numeric" : undefined} autocomplete="off" />
        )
      }
    />
  );
}

function TestMessage({ shown, mail: { account, own } }: { shown: MailShown; mail: Mail }) {
  const tested = shown.tested.value;
  return (
    <form
      class="panel stack"
      data-part="test"
      noValidate
      hidden={!account}
      onSubmit={(event) => {
        event.preventDefault();
        void shown.test();
      }}
    >
      <h2>{_("Test message")}</h2>
      <Field
        id="mail-to"
        label={_("To which address")}
        hint={own ? _("Empty: to your own, %(address)s.", { address: own }) : _("Your account has no address.")}
        error={isWrong(shown, "to") && FAULTS.to()}
        control={(props) => (
          <input
            {...props}
            dir="ltr"
            inputMode="email"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={shown.to.value}
            onInput={({ currentTarget }) => {
              shown.to.value = currentTarget.value;
            }}
          />
        )}
      />
      <p class="actions">
        <Button sends part="send-test" busy={shown.busy.value !== null}>
          {_("Send a test message")}
        </Button>
      </p>
      <div role="status" data-part="tested">
        {shown.busy.value === "test" && <p>{_("It is on its way. This takes some seconds.")}</p>}
        {tested && "tested" in tested && account && <Tested outcome={tested} account={account} />}
      </div>
      <Notice kind="warn" alert part="test-trouble">
        {tested && testTrouble(tested)}
      </Notice>
    </form>
  );
}

type Account = NonNullable<Mail["account"]>;

function Tested({ outcome, account }: { outcome: Extract<TestOutcome, { tested: unknown }>; account: Account }) {
  const left: MailReached[] = [];
  if (account.security === "none") left.push("encrypted");
  if (account.user === null) left.push("signed-in");
  const { reached, problem } = outcome.tested;
  return (
    <>
      <ul>
        {reachedWords(reached, left).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {problem === null && (
        <p>{_("Look now whether it arrived at %(address)s, also among the junk.", { address: outcome.to })}</p>
      )}
    </>
  );
}

function testTrouble(outcome: TestOutcome) {
  if ("tested" in outcome) {
    const { problem, code } = outcome.tested;
    if (problem === null) return null;
    return (
      <span>
        {PROBLEM_WORDS[problem]()} {code > 0 && _("The server said: %(code)s.", { code: String(code) })}
      </span>
    );
  }
  if (outcome.trouble === "not-saved")
    return _("Nothing was sent, because the settings are not saved yet. Save first.");
  if (outcome.trouble === "no-address") return _("Nothing was sent. Write an address: your account has none.");
  return troubleWords(outcome.trouble);
}

function Queue({ mail: { queue, delivered, coordinators, readers, account } }: { mail: Mail }) {
  const { waiting, next, problem, given_up: givenUp } = queue;
  const { count, without_mail: without } = coordinators;
  return (
    <section class="panel stack" data-part="queue">
      <h2>{_("What goes out")}</h2>
      <p data-part="state">
        {waiting === 0
          ? _("No mail is waiting.")
          : ngettext("%(count)s mail is waiting.", "%(count)s mails are waiting.", waiting, {
              count: figure(waiting),
            })}{" "}
        {delivered
          ? _("Last delivered: %(time)s.", { time: dayAndTime(Date.parse(delivered)) })
          : _("With these settings no mail was delivered yet.")}
      </p>
      {waiting > 0 && account && problem && (
        <Notice kind="warn" part="problem">
          {PROBLEM_WORDS[problem]()} {next && _("Next try: %(time)s.", { time: dayAndTime(Date.parse(next)) })}
        </Notice>
      )}
      {without > 0 && (
        <Notice part="without">
          {_(
            "%(without)s of %(count)s coordinators have no address of mail. They are not told when a signed list ends. Each can add one under “My account”.",
            { without: figure(without), count: figure(count) },
          )}
        </Notice>
      )}
      <ReadersWithoutMail readers={readers} />
      {givenUp.length > 0 && (
        <div data-part="given-up">
          <Table
            caption={_("Not delivered in the last days. These are not tried again.")}
            columns={[_("Written"), _("It said"), _("Why it was not delivered")]}
            rows={givenUp.map(({ kind, queued, problem: why }, at) => ({
              key: `${queued} ${kind} ${at}`,
              heading: dayAndTime(Date.parse(queued)),
              cells: [KIND_WORDS[kind](), PROBLEM_WORDS[why]()],
            }))}
          />
        </div>
      )}
    </section>
  );
}
