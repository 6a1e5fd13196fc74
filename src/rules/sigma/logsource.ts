/** Where Sigma's taxonomy has a place in our events (docs/FIELDS.md). */
interface Source {
  /** Sigma's `logsource`: what is given must be equal. */
  category?: string;
  service?: string;
  /** The events that it stands for. */
  eventCategory?: string;
  actions: readonly string[];
  fields: Readonly<Record<string, string>>;
  /** Fields that hold a part of ours: looked for anywhere in it. */
  parts?: Readonly<Record<string, string>>;
  /** What of the source's events ours do not show. */
  note?: string;
}

const WEB = {
  eventCategory: "web",
  actions: ["http.access"],
  fields: {
    "c-ip": "source.ip",
    "cs-ip": "source.ip",
    src_ip: "source.ip",
    "cs-method": "http.request.method",
    "c-uri": "url.original",
    "cs-uri": "url.original",
    "cs-host": "url.domain",
    "r-dns": "url.domain",
    "sc-status": "http.response.status_code",
    "cs-user-agent": "user_agent.original",
    "c-useragent": "user_agent.original",
    "cs-referer": "http.request.referrer",
    "cs-referrer": "http.request.referrer",
    "sc-bytes": "http.response.body.bytes",
    "cs-bytes": "http.request.body.bytes",
  },
  parts: {
    "cs-uri-stem": "url.original",
    "cs-uri-query": "url.original",
    "c-uri-stem": "url.original",
    "c-uri-query": "url.original",
    "c-uri-extension": "url.original",
  },
} as const;

/** After Sigma's taxonomy (https://github.com/SigmaHQ/sigma-specification, sigma-appendix-taxonomy). */
const SOURCES: readonly Source[] = [
  { category: "webserver", ...WEB },
  { category: "proxy", ...WEB },
  {
    category: "dns",
    eventCategory: "network",
    actions: ["dns.query", "dns.answer"],
    fields: {
      query: "dns.question.name",
      record_type: "dns.question.type",
      answer: "dns.resolved_ip",
      src_ip: "source.ip",
      dst_ip: "destination.ip",
    },
  },
  {
    category: "dns_query",
    eventCategory: "network",
    actions: ["dns.query", "dns.answer"],
    fields: {
      QueryName: "dns.question.name",
      QueryResults: "dns.resolved_ip",
      ProcessId: "process.pid",
    },
  },
  {
    category: "firewall",
    actions: ["firewall.log"],
    fields: {
      src_ip: "source.ip",
      dst_ip: "destination.ip",
      src_port: "source.port",
      dst_port: "destination.port",
      action: "firewall.prefix",
    },
    note: "the kernel's packet filter logs no verdict: `action` is looked for in the rule's own log prefix",
  },
  {
    category: "network_connection",
    eventCategory: "network",
    actions: ["socket.connect"],
    fields: {
      DestinationIp: "destination.ip",
      DestinationPort: "destination.port",
      Protocol: "network.transport",
      ProcessId: "process.pid",
    },
    note: "connections are seen in system calls (strace) alone",
  },
  {
    category: "process_creation",
    actions: ["shell.command", "process.listed"],
    fields: {
      CommandLine: "process.command_line",
      CurrentDirectory: "process.working_directory",
      User: "user.name",
      ProcessId: "process.pid",
      ParentProcessId: "process.parent.pid",
    },
    parts: { Image: "process.command_line" },
    note: "what was typed (shell.command) and what ran when somebody looked (process.listed) is seen, not each start of a process",
  },
];

/** What is known of a rule's `logsource`. */
export interface LogSource {
  source: Source | undefined;
  /** How it is written: `category: webserver, product: linux`. */
  text: string;
}

/** Finds the events that a `logsource` stands for; there may be none. */
export function logSourceOf(value: unknown): LogSource {
  const given = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const { category, product, service } = given;
  const text = Object.entries({ category, product, service })
    .filter(([, one]) => one !== undefined)
    .map(([name, one]) => `${name}: ${String(one)}`)
    .join(", ");
  const isForeign = product !== undefined && product !== "linux" && category === "process_creation";
  const source = isForeign ? undefined : SOURCES.find((one) => one.category === category);
  return { source, text };
}

/** Renames fields, and remembers what is to be told of it. */
export class FieldMap {
  readonly kept = new Set<string>();
  readonly partly = new Set<string>();

  constructor(private readonly source: Source | undefined) {}

  /** @returns our field, and whether its value is only a part of ours */
  of(name: string): { field: string; within: boolean } {
    // A name that no map may be asked for as its own: `constructor` is a field like any other.
    const { fields = {}, parts = {} } = this.source ?? {};
    if (name === "") return { field: "message", within: true };
    if (Object.hasOwn(fields, name)) return { field: fields[name]!, within: false };
    if (Object.hasOwn(parts, name)) {
      this.partly.add(`${name} in ${parts[name]!}`);
      return { field: parts[name]!, within: true };
    }
    this.kept.add(name);
    return { field: name, within: false };
  }
}
