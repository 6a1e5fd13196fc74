/** Ends of names of settings whose values are secrets. Short ones must be words of their own. */
const LONG =
  "pass(?:word|wd|phrase|code)|passwort|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|shared[_-]?key|master[_-]?key|encryption[_-]?key|signing[_-]?key|auth[_-]?key|session[_-]?key|session[_-]?id|license[_-]?key|credential|requirepass|masterauth|htpasswd|connection[_-]?string|(?:db|user|root|admin|smtp|mail|ftp|http|proxy|redis|mysql|pg|sudo|login|store|key)pass(?![A-Za-z])";
const SHORT = "pass|pwd|pw|creds|bearer|jwt|otp|totp|pin|psk|sid|_auth";

/**
 * The key of a secret from the telling word on, without what may stand before it (`DB_`, `spring.datasource.`): a pattern that begins
 * here needs no repetition before it.
 */
export const KEY = `(?:(?:${LONG})[\\w.-]{0,40}|(?<![A-Za-z])(?:${SHORT})(?:[_.-]?(?:\\d{1,3}|value|text|plain|base64|b64))?(?![A-Za-z_.-]))`;

/** Last words of keys whose values are about a secret, and none themselves. */
const ABOUT: ReadonlySet<string> = new Set(
  `file files path dir directory name names type kind ttl expiry expires expiration expire lifetime age count len length size limit policy
  url uri urls endpoint ref min max version enabled disabled required bucket algorithm alg format provider rotation changed change
  updated created lastchange hint prompt field header status attempts retries mode class scope issuer error errors failed failure
  failures invalid port through thru number used expired valid reset resets store helper created server host hosts user username
  service duration timeout interval in at on`.split(/\s+/),
);
/** Words that begin like such keys. */
const OTHER =
  /^(?:tokens|token-bucket|tokeni\w*|secrets|secretary|secretar\w*|passwords|passwordless|passphrases|credentials[_.-]?(?:file|path|id)|pass-through)$/i;

/** `password_file=/run/secrets/db` tells no password, and `tokens: 5` counts something. @param before what stands before the value */
export function isAbout(before: string): boolean {
  const key = before
    .replace(/^["'<\s-]+/, "")
    .replace(/[\s"'\\>:=]+$/, "")
    .replace(/%3D$/i, "");
  if (OTHER.test(key)) return true;
  const words = key
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_.-]/);
  return words.length > 1 && ABOUT.has(words.at(-1)!);
}

/** What stands where a secret would, and is none: a reference, a word of a sentence, what was masked already. */
const NO_SECRET = new RegExp(
  `^(?:\\$[{(]?[A-Za-z_][\\w.:-]*[)}]?|%\\w|<[^>]*>|\\{\\{.*|\\*+|x{3,}|\\.+|-+|redacted.*|\\[?(?:redacted|masked|filtered|hidden|removed)\\]?|${[
    ...[
      "true",
      "false",
      "null",
      "none",
      "nil",
      "undefined",
      "yes",
      "no",
      "on",
      "off",
      "empty",
      "unset",
      "not",
      "is",
      "was",
    ],
    ...[
      "has",
      "have",
      "and",
      "or",
      "of",
      "for",
      "from",
      "in",
      "to",
      "the",
      "a",
      "an",
      "at",
      "by",
      "with",
      "required",
      "invalid",
    ],
    ...[
      "expired",
      "missing",
      "incorrect",
      "wrong",
      "denied",
      "failed",
      "failure",
      "unknown",
      "changed",
      "reset",
      "must",
      "cannot",
    ],
    ...[
      "may",
      "will",
      "should",
      "accepted",
      "rejected",
      "revoked",
      "mismatch",
      "error",
      "authentication",
      "auth",
      "bearer",
    ],
    ...[
      "basic",
      "string",
      "object",
      "refused",
      "verified",
      "valid",
      "ok",
      "got",
      "via",
      "used",
      "set",
      "check",
      "checking",
    ],
    ...[
      "expires",
      "expiry",
      "prompt",
      "page",
      "file",
      "value",
      "stdin",
      "realm",
      "unauthorized",
      "anonymous",
      "optional",
    ],
  ].join("|")})[.!?]?$`,
  "i",
);

/** Can it be a secret that stands behind a key? */
export const isSecretValue = (value: string): boolean => value !== "" && !NO_SECRET.test(value.trim());
