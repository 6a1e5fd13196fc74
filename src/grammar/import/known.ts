import { STAMP_TOKENS } from "../draft/lexemes.js";
import { BUILTINS } from "../ir/builtins.js";
import type { Regex } from "./pcre.js";
import { stampToken } from "./stamps.js";

const builtin = (token: string): Regex => ({
  kind: "known",
  token,
  source: BUILTINS[token]![0],
  builtin: true,
});
const own = (token: string, source: string, as?: string): Regex => ({
  kind: "known",
  token,
  source,
  builtin: false,
  ...(as && { as }),
});
const stamp = (token: string): Regex => {
  const { regex, as } = STAMP_TOKENS.find((each) => each.token === token)!;
  return stampToken(token, regex, as);
};
const any: Regex = {
  kind: "repeat",
  item: { kind: "class", source: "[^\\n]", any: true },
  min: 0,
  max: Number.POSITIVE_INFINITY,
};
const count = own("COUNT", "\\d+", "int");
const host = own("NAME", "[0-9A-Za-z_][0-9A-Za-z_.-]*");

/**
 * grok's own patterns (logstash-plugins/logstash-patterns-core, patterns/ecs-v1/grok-patterns) as tokens that are read in one way only:
 * what a pattern there says in many alternatives is a class of characters here.
 */
export const KNOWN: Record<string, Regex> = {
  INT: own("SIGNED", "[+-]?\\d+", "int"),
  BASE10NUM: own("DECIMAL", "[+-]?\\d+(?:\\.\\d+)?", "float"),
  NUMBER: own("DECIMAL", "[+-]?\\d+(?:\\.\\d+)?", "float"),
  BASE16NUM: builtin("HEX"),
  POSINT: count,
  NONNEGINT: count,
  WORD: own("LETTERS", "\\w+"),
  NOTSPACE: builtin("WORD"),
  SPACE: {
    kind: "repeat",
    item: { kind: "class", source: "[ \\t\\r\\n]" },
    min: 0,
    max: Number.POSITIVE_INFINITY,
  },
  DATA: any,
  GREEDYDATA: any,
  QUOTEDSTRING: builtin("QUOTED"),
  QS: builtin("QUOTED"),
  UUID: own("UUID", "[A-Fa-f0-9]{8}(?:-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}"),
  USERNAME: own("USER", "[a-zA-Z0-9._-]+"),
  USER: own("USER", "[a-zA-Z0-9._-]+"),
  HTTPDUSER: own("LOGIN", "[^\\s]+"),
  EMAILADDRESS: own("MAIL", "[^\\s@]+@[^\\s@]+"),
  MAC: builtin("MAC"),
  COMMONMAC: builtin("MAC"),
  IP: builtin("IP"),
  IPV4: builtin("IPV4"),
  IPV6: builtin("IPV6"),
  HOSTNAME: host,
  HOST: host,
  IPORHOST: host,
  SYSLOGHOST: host,
  HOSTPORT: own("HOST_PORT", "[0-9A-Za-z_][0-9A-Za-z_.-]*:\\d+"),
  PATH: own("PATH", "\\/[^\\s]*"),
  UNIXPATH: own("PATH", "\\/[^\\s]*"),
  URI: builtin("URL"),
  URIPATH: own("URI_PATH", "\\/[^\\s?]*"),
  URIPATHPARAM: own("PATH", "\\/[^\\s]*"),
  PROG: own("PROGRAM", "[^\\s\\[\\]:]+"),
  LOGLEVEL: own("LEVEL", "[A-Za-z]+", "lower"),
  MONTH: own("MONTH", "[A-Z][a-z]+"),
  MONTHNUM: own("NUMBER2", "\\d{1,2}"),
  MONTHDAY: own("NUMBER2", "\\d{1,2}"),
  DAY: own("DAY", "[A-Z][a-z]+"),
  YEAR: own("YEAR", "\\d{2,4}"),
  HOUR: own("NUMBER2", "\\d{1,2}"),
  MINUTE: own("NUMBER2", "\\d{1,2}"),
  SECOND: own("SECOND", "\\d{1,2}(?:[:.,]\\d+)?"),
  TIME: stamp("TOD"),
  TIMESTAMP_ISO8601: { kind: "choice", items: [stamp("RFC3339"), stamp("DATETIME")] },
  SYSLOGTIMESTAMP: stamp("SYSLOG_TIME"),
  HTTPDATE: stamp("CLF_TIME"),
  HTTPDERROR_DATE: stamp("CTIME"),
};

/** Those that consist of others. */
export const COMPOUND: Record<string, string> = {
  SYSLOGPROG: "%{PROG:[process][name]}(?:\\[%{POSINT:[process][pid]:int}\\])?",
  SYSLOGBASE: "%{SYSLOGTIMESTAMP:timestamp} %{SYSLOGHOST:[host][hostname]} %{SYSLOGPROG}:",
  SYSLOGLINE: "%{SYSLOGBASE} %{GREEDYDATA:message}",
  HTTPD_COMMONLOG:
    '%{IPORHOST:[source][address]} (?:-|%{HTTPDUSER:[apache][access][user][identity]}) (?:-|%{HTTPDUSER:[user][name]}) \\[%{HTTPDATE:timestamp}\\] "(?:%{WORD:[http][request][method]} %{NOTSPACE:[url][original]}(?: HTTP/%{NUMBER:[http][version]})?|%{DATA})" (?:-|%{INT:[http][response][status_code]:int}) (?:-|%{INT:[http][response][body][bytes]:int})',
  HTTPD_COMBINEDLOG:
    '%{HTTPD_COMMONLOG} "(?:-|%{DATA:[http][request][referrer]})" "(?:-|%{DATA:[user_agent][original]})"',
  COMMONAPACHELOG: "%{HTTPD_COMMONLOG}",
  COMBINEDAPACHELOG: "%{HTTPD_COMBINEDLOG}",
};
