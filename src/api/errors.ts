/** Errors that say what the user can do about them. */
export { NoSuchSource } from "../clock/named.js";
