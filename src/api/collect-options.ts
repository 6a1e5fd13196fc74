/** What that script may be asked for. */
export { type CollectOptions, PROBLEMS, type Problem, wrongName } from "../collect/options.js";
