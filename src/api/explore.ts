/** The interactive view in a terminal. */
export { explore } from "../explore/explore.js";
