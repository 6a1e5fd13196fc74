/** Which forms there are. */
export { FORMATS, type FormatSpec } from "../export/formats.js";
