/** Masking: secrets, and by choice names and addresses, in all that is printed. */
export { type Key, keyFrom, randomKey } from "../redact/key.js";
export { ClosedMap, MapRecorder, openMap, sealMap } from "../redact/map.js";
export { type Knowledge, Masker } from "../redact/masker.js";
export { maskData, maskFields, maskTexts } from "../redact/report.js";
export { copyMasked } from "../run/redact/copy.js";
export { type GatherOptions, gather, gatherFrom } from "../run/redact/gather.js";
export type { Surveyed } from "../run/survey.js";
