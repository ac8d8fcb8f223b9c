/** What roles are called, and what each may do in one sentence. */
import type { Role } from "../../generated/permissions.ts";
import { _ } from "../texts.ts";

export const ROLES: readonly Role[] = ["caseworker", "coordinator", "places", "auditor"];
export const KEYLESS: readonly Role[] = ["places", "auditor"];

const NAMES: Record<Role, () => string> = {
  caseworker: () => _("Caseworker"),
  coordinator: () => _("Coordinator"),
  places: () => _("Places and helplines"),
  auditor: () => _("Auditor"),
};

const MEANINGS: Record<Role, () => string> = {
  caseworker: () => _("Opens and answers reports of their teams."),
  coordinator: () => _("Does what a caseworker does, and looks after people, teams and keys."),
  places: () => _("Looks after Safe Havens and helplines. Opens no report."),
  auditor: () => _("Reads the trail and the numbers. Opens no report."),
};

export const roleName = (role: Role): string => NAMES[role]();
export const roleMeaning = (role: Role): string => MEANINGS[role]();
