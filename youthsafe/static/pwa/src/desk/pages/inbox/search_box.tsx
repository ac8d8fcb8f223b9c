/** What somebody looks for in a list, and what was found. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { figure } from "../../../lib/dates.ts";
import { categories, levels } from "../../reports/card_terms.ts";
import type { Desk } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Rows } from "./rows.tsx";
import type { Search } from "./search.ts";
import { whoseTurn } from "./turns.ts";

/** More are not drawn: whoever looks for one types another word. */
const MOST = 100;

type Searching = { desk: Desk; search: Search };

/** `due`: how many lines of the list are. */
export function SearchBox({ desk, search, due }: Searching & { due: number }) {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(search.open.value);
  const open = search.open.value;
  useLayoutEffect(() => {
    if (was.current && !open) button.current?.focus();
    was.current = open;
  }, [open]);
  if (open) return <Searched desk={desk} search={search} />;
  return (
    <p class="actions">
      <Button part="search" shortcut="/" place={button} onPress={() => search.begin()}>
        {_("Search")}
      </Button>
      <Button part="due" hidden={due === 0} onPress={() => search.begin({ due: true })}>
        {_("Due: %(count)s", { count: figure(due) })}
      </Button>
    </p>
  );
}

function Searched({ desk, search }: Searching) {
  const { level, category, due } = search.wanted.value;
  return (
    <search class="panel stack" data-part="searching">
      <form class="actions" onSubmit={(event) => event.preventDefault()}>
        <Words search={search} />
        <Choice name="level" label={_("Level")} codes={levels()} chosen={level} search={search} />
        <Choice name="category" label={_("What it is about")} codes={categories()} chosen={category} search={search} />
        <label class="check" for="search-due">
          <input id="search-due" type="checkbox" checked={due} onChange={() => search.want({ due: !due })} />
          {_("Only what is due")}
        </label>
        <Button part="search-end" onPress={() => search.end()}>
          {_("End the search")}
        </Button>
      </form>
      <Notice kind="warn" alert part="search-trouble">
        {search.trouble.value && troubleWords(search.trouble.value)}
      </Notice>
      <Found desk={desk} search={search} />
    </search>
  );
}

/** Escape takes the words away, and then ends the search. */
function Words({ search }: { search: Search }) {
  const box = useRef<HTMLInputElement>(null);
  const { words } = search.wanted.value;
  useLayoutEffect(() => {
    if (!search.asks) box.current?.focus();
  }, []);
  return (
    <div class="field">
      <label for="search-words">{_("Number, summary, next step or name")}</label>
      <input
        id="search-words"
        type="search"
        autocomplete="off"
        aria-keyshortcuts="/"
        ref={box}
        value={words}
        onInput={(event) => search.want({ words: event.currentTarget.value })}
        onKeyDown={(event) => event.key === "Escape" && words === "" && search.end()}
      />
    </div>
  );
}

interface ChoiceProps {
  name: "level" | "category";
  label: string;
  codes: readonly [string, string][];
  chosen: string;
  search: Search;
}

function Choice({ name, label, codes, chosen, search }: ChoiceProps) {
  return (
    <div class="field">
      <label for={`search-${name}`}>{label}</label>
      <select
        id={`search-${name}`}
        value={chosen}
        onChange={(event) => search.want({ [name]: event.currentTarget.value })}
      >
        <option value="">{_("All of them")}</option>
        {codes.map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function Found({ desk, search }: Searching) {
  const all = search.reports.value;
  const reading = desk.cards.waiting.value;
  const found = search.asks ? search.found : [];
  const shown = found.slice(0, MOST).map((report) => ({ report, turn: whoseTurn(report), gone: false }));
  return (
    <>
      {(all === null || reading > 0) && (
        <>
          <progress
            aria-hidden="true"
            max={all?.length || 1}
            value={all ? Math.max(all.length - reading, 0) : undefined}
          />
          <Progress part="search-reading">{_("Reading what the cards say…")}</Progress>
        </>
      )}
      <p role="status" class="hint" data-part="search-found">
        {search.asks && all && reading === 0 && <Count found={found.length} of={all.length} />}
      </p>
      {shown.length > 0 && <Rows desk={desk} lines={shown} listed />}
    </>
  );
}

function Count({ found, of }: { found: number; of: number }) {
  const slots = { found: figure(found), count: figure(of), most: figure(MOST) };
  if (found > MOST)
    return _("%(found)s of %(count)s reports. The first %(most)s stand here; another word makes it fewer.", slots);
  return _("%(found)s of %(count)s reports.", slots);
}
