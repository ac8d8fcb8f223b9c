/** Made by `make generated` from what routes declare; do not edit. */

export type Permission =
  | "session:end"
  | "keys:read"
  | "account:enrol"
  | "account:change"
  | "member:read"
  | "member:invite"
  | "member:reset"
  | "report:read"
  | "report:answer"
  | "report:take-over"
  | "report:hold"
  | "numbers:read"
  | "flood:read"
  | "flood:close"
  | "work:raise"
  | "haven:read"
  | "haven:propose"
  | "haven:approve"
  | "haven:pause"
  | "instance:set-up"
  | "team:sign"
  | "helpline:check"
  | "mail:set"
  | "hours:set"
  | "form:stop"
  | "retention:set"
  | "trail:read"
  | "trail:read-all";

export type Role = "caseworker" | "coordinator" | "places" | "auditor";

export const OF_ROLE: Record<Role, readonly Permission[]> = {
  caseworker: ["account:change", "account:enrol", "flood:read", "keys:read", "report:answer", "report:read", "session:end"],
  coordinator: ["account:change", "account:enrol", "flood:close", "flood:read", "form:stop", "haven:approve", "haven:pause", "haven:propose", "haven:read", "helpline:check", "hours:set", "instance:set-up", "keys:read", "mail:set", "member:invite", "member:read", "member:reset", "numbers:read", "report:answer", "report:hold", "report:read", "report:take-over", "retention:set", "session:end", "team:sign", "trail:read", "work:raise"],
  places: ["account:change", "account:enrol", "haven:approve", "haven:pause", "haven:propose", "haven:read", "helpline:check", "keys:read", "session:end"],
  auditor: ["account:change", "account:enrol", "keys:read", "session:end", "trail:read", "trail:read-all"],
};
