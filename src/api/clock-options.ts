/** What a user says of a clock: how far it is ahead. */
export { parseToldOffset, type ToldOffset } from "../clock/told-offset.js";
