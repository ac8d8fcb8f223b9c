/** Bundle and roster as the bytes that the root signs (docs/envelope.md section 5). What `roster.ts` reads, written. */
import { type Bytes, concat, lp, u8, u16, u32, u64, utf8 } from "./bytes.ts";
import {
  type Bundle,
  type Member,
  NO_HOURS,
  parseBundle,
  parseRoster,
  ROLES,
  type Roster,
  type Team,
  type TeamKey,
} from "./roster.ts";

/** Throws FormatError when a rule of the format is broken. */
export function buildBundle(bundle: Bundle): Bytes {
  const { instanceId, serial, issuedAt, notAfter, demo, closedDays, teams } = bundle;
  const written = concat(
    utf8("YSB"),
    u8(1),
    instanceId,
    u32(serial),
    u64(issuedAt),
    u64(notAfter),
    u8(demo ? 1 : 0),
    u16(closedDays.length),
    ...closedDays.map(u32),
    u8(teams.length),
    ...teams.map(writeTeam),
  );
  parseBundle(written);
  return written;
}

function writeTeam({ id, kind, staffed, epoch, publicKey, name, languages, weekly }: Team): Bytes {
  const hours = weekly.map((day) => concat(u16(day?.opens ?? NO_HOURS), u16(day?.closes ?? NO_HOURS)));
  const described = [lp(utf8(name)), lp(utf8(languages.join(" "))), ...hours];
  return concat(id, u8(kind), u8(staffed ? 1 : 0), u32(epoch), publicKey, ...described);
}

/** Throws FormatError when a rule of the format is broken. */
export function buildRoster(roster: Roster): Bytes {
  const { instanceId, version, issuedAt, notAfter, recoveryKey, teams, members } = roster;
  const written = concat(
    utf8("YSR"),
    u8(1),
    instanceId,
    u32(version),
    u64(issuedAt),
    u64(notAfter),
    recoveryKey,
    u8(teams.length),
    ...teams.map(writeTeamKey),
    u16(members.length),
    ...members.map(writeMember),
  );
  parseRoster(written);
  return written;
}

const writeTeamKey = ({ id, epoch, publicKey }: TeamKey): Bytes => concat(id, u32(epoch), publicKey);

function writeMember({ id, role, publicKey, name, teams }: Member): Bytes {
  return concat(id, u8(ROLES.indexOf(role)), publicKey, lp(utf8(name)), u8(teams.length), ...teams);
}
