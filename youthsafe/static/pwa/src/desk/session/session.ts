/** What the page may know of whoever is signed in: no key. */
import { OF_ROLE, type Permission, type Role } from "../../generated/permissions.ts";
import type { Weekly } from "../../lib/london.ts";

export type SessionAlarm = "grant";

export interface Team {
  name: string;
  weekly: Weekly;
  staffed: boolean;
}

/**
 * `notAfter`: of the signed list that ends first, in milliseconds since 1970; `closedDays`: since 1970-01-01; `head`: the
 * number of the newest signed change and its name, for two people to compare; `rootChanged`: when the site's key was
 * changed since this browser saw it, in milliseconds.
 */
export interface Session {
  member: { id: string; name: string; role: Role };
  teams: Record<string, Team>;
  closedDays: Set<number>;
  notAfter: number;
  head: { number: number; groups: string };
  rootChanged: number | null;
  alarms: SessionAlarm[];
  /** Whether one of the member's passkeys opens the keys. */
  passkey: boolean;
}

/** The server decides; this only keeps away what it would refuse. */
export function may({ member }: Session, permission: Permission): boolean {
  return OF_ROLE[member.role].includes(permission);
}
