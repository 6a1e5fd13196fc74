/** Text from evidence, made fit for people: nothing in it acts on a terminal. */
export { neutral } from "../report/neutral.js";
export { decodeBytes, decodeWithin } from "../report/utf8.js";
