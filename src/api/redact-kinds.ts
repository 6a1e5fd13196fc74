/** What can be masked, and how a user names it. */
export { DEFAULT_KINDS, KINDS, type Kinds, parseKinds, UnknownKind } from "../redact/kinds.js";
