import type { TextMasker } from "./text-masker.js";

/** Keys of reports whose values are words of ours, or numbers: ids, kinds, times, digests. All others may hold evidence. */
const OURS: ReadonlySet<string> = new Set([
  ...[
    "schema",
    "version",
    "id",
    "rule",
    "severity",
    "findingId",
    "findingIds",
    "rootCauses",
    "root",
    "symptoms",
    "causedBy",
  ],
  ...[
    "action",
    "sha256",
    "format",
    "kind",
    "clock",
    "zone",
    "stands_for",
    "basis_kind",
    "outcome",
    "at",
    "category",
  ],
  ...[
    "time",
    "latest",
    "earliest",
    "stamp",
    "from",
    "to",
    "after_time",
    "time_of_day",
    "elapsed",
    "best",
    "redacted",
  ],
]);
/** Keys whose value is a host's name. */
const HOSTS: ReadonlySet<string> = new Set(["host"]);
/** Keys below which values stand by the fields or kinds that they are of. */
const BY_FIELD: ReadonlySet<string> = new Set(["entities", "fields"]);
const FIELD_OF_ENTITY: Readonly<Record<string, string>> = {
  container: "container.name",
  resolver: "dns.server.ip",
  registry: "registry.host",
  host: "host.hostname",
};

/**
 * Masks everything in a report, a study or any other plain data made of them: every text, and the values of entities by what they are.
 * The data is not changed; what comes back has the same shape.
 */
export function maskData<T>(data: T, masker: TextMasker): T {
  return masked(data, masker) as T;
}

function masked(value: unknown, masker: TextMasker): unknown {
  if (typeof value === "string") return masker.text(value);
  if (Array.isArray(value)) return value.map((one) => masked(one, masker));
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
  if (value instanceof Map)
    return new Map([...value].map(([key, one]) => [masked(key, masker), masked(one, masker)]));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (OURS.has(key) && !isText(key, one)) return [key, one];
      if (BY_FIELD.has(key) && one !== null && typeof one === "object" && !Array.isArray(one))
        return [key, maskFields(one as Record<string, unknown>, masker)];
      if (HOSTS.has(key) && typeof one === "string") return [key, masker.field("host.hostname", one)];
      return [key, masked(one, masker)];
    }),
  );
}

/** `from` and `to` of times are ours, and so is `at` of a clock; lists and objects under such keys are looked into. */
const isText = (key: string, value: unknown): boolean =>
  value !== null &&
  typeof value === "object" &&
  !["findingIds", "rootCauses", "symptoms", "causedBy", "at"].includes(key);

/** Masks every text in plain data, whatever it stands under. */
export function maskTexts(value: unknown, masker: TextMasker): unknown {
  if (typeof value === "string") return masker.text(value);
  if (Array.isArray(value)) return value.map((one) => maskTexts(one, masker));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskTexts(one, masker)]));
}

/** Masks values by the fields, or the kinds of entity, that they stand under. */
export function maskFields(
  fields: Readonly<Record<string, unknown>>,
  masker: TextMasker,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => {
      const name = FIELD_OF_ENTITY[field] ?? field;
      const one = (text: unknown) => (typeof text === "string" ? masker.field(name, text) : text);
      return [field, Array.isArray(value) ? value.map(one) : one(value)];
    }),
  );
}
