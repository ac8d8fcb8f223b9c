/** In the key worker: the commands that no reading and answering needs. They come in a file of their own when one is first asked for. */
export { signChange } from "./changing.ts";
export { finishComingBack, openKit } from "./coming_back.ts";
export { beginSetUp, checkSetUpWords } from "./fresh_secrets.ts";
export { calendarOf, hoursChange } from "./hours.ts";
export { answerInvitation, checkJoiningWords, joiningWords, lookAtInvitation } from "./joining.ts";
export { replaceKit } from "./new_kit.ts";
export { newTeamChange } from "./new_team.ts";
export { addPasskey, changeWords, confirmBoth, newWords } from "./own_keys.ts";
export { checkSetUpLink, finishSetUp } from "./setting_up.ts";
export { sameAgain } from "./signing_again.ts";
export { changeMember, invite, letIn, removeMember, staffOf } from "./staff.ts";
