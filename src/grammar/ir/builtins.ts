import type { StampKind } from "../../model/stamp.js";
import type { CaptureType } from "./capture-type.js";

/** Tokens that every grammar may use without declaring them: regex subset and type. */
export const BUILTINS: Record<string, readonly [source: string, type: CaptureType]> = {
  INT: ["-?\\d+", "int"],
  NUMBER: ["-?\\d+(?:\\.\\d+)?", "float"],
  HEX: ["(?:0[xX])?[0-9a-fA-F]+", "hex"],
  WORD: ["[^ \\t\\r\\n]+", "text"],
  IPV4: ["\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}", "ip"],
  IPV6: [
    "[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}:[0-9a-fA-F:]*(?:\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})?(?:%[0-9A-Za-z_.@-]+)?",
    "ip",
  ],
  IP: [
    "\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}:[0-9a-fA-F:]*(?:\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})?(?:%[0-9A-Za-z_.@-]+)?",
    "ip",
  ],
  PORT: ["\\d{1,5}|[a-zA-Z][a-zA-Z0-9_-]*", "port"],
  MAC: ["[0-9a-fA-F]{1,2}(?::[0-9a-fA-F]{1,2}){5}", "mac"],
  /** Go's time.Duration.String(). */
  DURATION: ["-?(?:\\d+(?:\\.\\d+)?(?:h|m|s|ms|us|\\xc2\\xb5s|\\xce\\xbcs|ns))+", "duration"],
  QUOTED: ['"(?:[^"\\\\]|\\\\[\\x00-\\xff])*"', "quoted"],
  URL: ['[a-zA-Z][a-zA-Z0-9+.-]*:\\/\\/[^ \\t\\r\\n"<>]+', "url"],
  ENDPOINT: ["[^ \\t\\r\\n,;>]*[^ \\t\\r\\n,;>:]", "endpoint"],
  HOST: ["[a-zA-Z0-9_](?:[a-zA-Z0-9_.-]*[a-zA-Z0-9_.])?", "host"],
  SP: [" +", "text"],
  BLANK: ["[ \\t]+", "text"],
  REST: ["[\\x00-\\xff]*", "rest"],
  /** The rest of the record, from something that is not blank on. */
  TEXT: ["[^ \\t\\r\\n][\\x00-\\xff]*", "rest"],
  TOD: ["\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?", "hms"],
  RFC3339: [
    "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:[Zz]|[+-]\\d\\d:?\\d\\d)",
    "rfc3339",
  ],
  EPOCH: ["\\d{9,11}(?:\\.\\d{1,9})?", "epoch"],
  SYSLOG_TIME: ["[A-Z][a-z][a-z] [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?", "syslog"],
  CTIME: ["[A-Z][a-z][a-z] [A-Z][a-z][a-z] [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})? \\d{4}", "ctime"],
  DATETIME: ["\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?", "datetime"],
  CLF_TIME: ["\\d\\d\\/[A-Z][a-z][a-z]\\/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}", "clf"],
};

/** Every way to write time: the compiler asks for a new one here, too. */
const STAMP_KINDS: Record<StampKind, true> = {
  rfc3339: true,
  epoch: true,
  clf: true,
  datetime: true,
  ctime: true,
  slashdate: true,
  syslog: true,
  hms: true,
  monotonic: true,
  sincestart: true,
  sincestart_ms: true,
  delta: true,
  elapsed: true,
  none: true,
};

/** Types that are a way to write time: the value stays text, `@timestamp.kind` says how it is written. */
export const STAMPS: ReadonlySet<string> = new Set(Object.keys(STAMP_KINDS));

/** Names that may stand after `as`. */
export const TYPES: readonly CaptureType[] = [
  "text",
  "int",
  "float",
  "hex",
  "ip",
  "port",
  "mac",
  "duration",
  "quoted",
  "json",
  "url",
  "endpoint",
  "host",
  "lower",
  "list",
  "addresses",
  "hexip",
  "bool",
  ...(Object.keys(STAMP_KINDS) as StampKind[]),
];
