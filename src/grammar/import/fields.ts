import { slug } from "../draft/names.js";

/** Names that other tools use for what has a field of its own here. */
const COMMON: Record<string, string> = {
  timestamp: "@timestamp",
  level: "log.level",
  loglevel: "log.level",
  severity: "log.level",
  body: "message",
  message: "message",
  msg: "message",
  pid: "process.pid",
  tid: "process.thread.id",
  thread: "process.thread.name",
  program: "process.name",
  procname: "process.name",
  log_procname: "process.name",
  hostname: "host.hostname",
  log_hostname: "host.hostname",
  logger: "log.logger",
  src_file: "log.origin.file.name",
  src_line: "log.origin.file.line",
  clientip: "source.address",
  c_ip: "source.address",
  cs_method: "http.request.method",
  sc_status: "http.response.status_code",
};

/** The field for a name of another tool's: grok's `[http][request][method]`, `clientip`; under the format's own name where none is known. */
export function fieldFor(name: string, format: string): string {
  const plain = name.trim();
  if (plain.startsWith("[")) return plain.replace(/\]\[/g, ".").replace(/[[\]?]/g, "");
  if (Object.hasOwn(COMMON, plain)) return COMMON[plain]!;
  return plain.includes(".") ? plain : `${slug(format)}.${slug(plain) || "value"}`;
}
