import { isObject, type Json, type JsonObject } from "../json.js";

/**
 * Under which keys loggers put what every log record has, the usual ones first. Dots lead into nested objects, or are part of the key:
 *
 * - logrus `JSONFormatter` (time, level, msg), Go's log/slog `JSONHandler` (the same), zerolog (time, level, message);
 * - zap's production encoder (ts, level, logger, caller, msg, stacktrace), klog in JSON (ts, v, err);
 * - bunyan and pino (time, level as a number, name, hostname, pid, msg, err), winston (timestamp, level, message);
 * - the Elastic Common Schema (`@timestamp`, log.level, message, error.*), logstash-logback-encoder (logger_name, stack_trace);
 * - log4j2's JsonLayout (instant or timeMillis, loggerName, thrown), python-json-logger (asctime, levelname, name), structlog (event);
 * - OpenTelemetry's log records (timeUnixNano or Timestamp, SeverityText, Body), Google's LogEntry (timestamp, severity, textPayload);
 * - GELF 1.1 (short_message, timestamp, level, host), Serilog's compact format (@t, @l, @m, @mt, @x), Monolog (datetime, level_name,
 *   channel), MongoDB since 4.4 (t.$date, s, c, msg).
 */
export const KEYS = {
  time: [
    ...[
      "@timestamp",
      "timestamp",
      "time",
      "ts",
      "@t",
      "t.$date",
      "t",
      "timeUnixNano",
      "observedTimeUnixNano",
    ],
    ...[
      "Timestamp",
      "timeMillis",
      "instant",
      "datetime.date",
      "datetime",
      "asctime",
      "date",
      "eventTime",
      "created_at",
    ],
  ],
  message: [
    ...["message", "msg", "short_message", "@m", "@mt", "textPayload", "body.stringValue", "body", "Body"],
    "event",
  ],
  level: [
    ...["level", "log.level", "severity", "severityText", "SeverityText", "levelname", "level_name", "lvl"],
    ...["@l", "s", "loglevel"],
  ],
  logger: ["logger", "log.logger", "logger_name", "loggerName", "channel", "component", "c"],
  program: ["process.name", "service.name", "service", "app", "application", "name"],
  host: ["host.hostname", "host.name", "hostname", "host"],
  pid: ["process.pid", "pid"],
  error: [
    ...[
      "error.message",
      "err.message",
      "error",
      "err",
      "exception.message",
      "thrown.message",
      "exc_info",
      "@x",
    ],
  ],
  stack: ["error.stack_trace", "err.stack", "stack_trace", "stacktrace", "stack"],
  trace: ["trace.id", "trace_id", "traceId"],
} as const;

/** The keys as they stand in a line, as alternatives of an expression, without the ways into nested objects. */
export const named = (keys: readonly string[]): string =>
  [...new Set(keys.map((key) => key.split(".")[0]!))].map((key) => key.replaceAll(/[@$]/g, "\\$&")).join("|");

/** The value under the first of these keys that has one. */
export function under(record: JsonObject, keys: readonly string[]): Json | undefined {
  for (const key of keys) {
    const value = record[key] ?? (key.includes(".") ? inside(record, key) : undefined);
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}

/** The text under the first of these keys that has one; numbers too. */
export function textUnder(record: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = under(record, [key]);
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return undefined;
}

function inside(record: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = record;
  for (const key of path.split(".")) {
    if (!isObject(value)) return undefined;
    value = value[key];
  }
  return value;
}
