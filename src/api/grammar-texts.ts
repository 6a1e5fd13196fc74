/** The built-in grammars as texts: what they were compiled from. */
export { sources } from "../grammar/generated-sources.js";
