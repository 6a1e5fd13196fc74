import { canonicalIp } from "../../grammar/convert/ip.js";
import type { Fields } from "../../model/event.js";
import { dnsFields } from "./dns.js";
import { flagIn, numberIn, spanIn, type ZeekRow } from "./row.js";

/** `event.action` of the records of Zeek's logs; what a row tells of stands in the fields. */
export const ZEEK_RECORD = "zeek.record";
/** A row that tells of a question and its answer, if there was one: two events (exchange.ts). */
export const ZEEK_EXCHANGE = "zeek.exchange";

/** The fields of a row: its stamp, those of its event, and its kind under `event.action`. */
export function zeekFields(path: string, row: ZeekRow): Fields {
  const read = READERS[path]?.(row);
  const [action, fields] = read ?? ["zeek.row", endpoints(row)];
  return {
    ...stampOf(row),
    ...fields,
    "zeek.path": path === "" ? undefined : path,
    "zeek.connection.uid": row.text("uid"),
    "event.action": action,
  };
}

type Read = [action: string, fields: Fields];

// Columns: Zeek, scripts/base/protocols/{conn,dns,http,ssl}/main.zeek, scripts/base/frameworks/{files,notice,weird}.
const READERS: Record<string, (row: ZeekRow) => Read | undefined> = {
  conn: (row) => ["network.flow", flowFields(row)],
  dns: (row) => {
    const fields = dnsFields(row, endpoints(row));
    return fields && [ZEEK_EXCHANGE, fields];
  },
  http: (row) => ["http.access", httpFields(row)],
  ssl: (row) => ["tls.handshake", tlsFields(row)],
  files: (row) => ["network.file", fileFields(row)],
  notice: (row) => [
    "network.notice",
    { ...endpoints(row), "zeek.notice.note": row.text("note"), "zeek.notice.msg": row.text("msg") },
  ],
  weird: (row) => [
    "network.weird",
    { ...endpoints(row), "zeek.weird.name": row.text("name"), "zeek.weird.addl": row.text("addl") },
  ],
};

/** Both ends and the transport: the originator is the source. */
function endpoints(row: ZeekRow): Fields {
  const source = canonicalIp(row.text("id.orig_h") ?? row.text("src") ?? "");
  const destination = canonicalIp(row.text("id.resp_h") ?? row.text("dst") ?? "");
  return {
    "network.type": source === undefined ? undefined : source.includes(":") ? "ipv6" : "ipv4",
    "network.transport": row.text("proto"),
    "source.ip": source,
    "source.port": numberIn(row, "id.orig_p"),
    "destination.ip": destination,
    "destination.port": numberIn(row, "id.resp_p") ?? numberIn(row, "p"),
  };
}

function flowFields(row: ZeekRow): Fields {
  const fields = endpoints(row);
  const isIcmp = fields["network.transport"] === "icmp";
  return {
    ...fields,
    // Zeek writes an ICMP message's type and code where others have ports.
    ...(isIcmp && {
      "source.port": undefined,
      "destination.port": undefined,
      "icmp.type": fields["source.port"],
      "icmp.code": fields["destination.port"],
    }),
    "network.protocol": row.text("service"),
    "event.duration": spanIn(row, "duration"),
    "source.bytes": numberIn(row, "orig_bytes"),
    "destination.bytes": numberIn(row, "resp_bytes"),
    "source.packets": numberIn(row, "orig_pkts"),
    "destination.packets": numberIn(row, "resp_pkts"),
    "zeek.connection.state": row.text("conn_state"),
    "zeek.connection.history": row.text("history"),
    "zeek.connection.missed_bytes": numberIn(row, "missed_bytes"),
  };
}

function httpFields(row: ZeekRow): Fields {
  return {
    ...endpoints(row),
    "network.transport": "tcp",
    "http.request.method": row.text("method"),
    "url.domain": row.text("host")?.toLowerCase(),
    "url.original": row.text("uri"),
    "http.request.referrer": row.text("referrer"),
    "http.version": row.text("version"),
    "user_agent.original": row.text("user_agent"),
    "http.response.status_code": numberIn(row, "status_code"),
    "http.response.body.bytes": numberIn(row, "response_body_len"),
  };
}

function tlsFields(row: ZeekRow): Fields {
  const status = row.text("validation_status");
  return {
    ...endpoints(row),
    "network.transport": "tcp",
    "tls.client.server_name": row.text("server_name")?.toLowerCase(),
    "tls.version": row.text("version"),
    "tls.cipher": row.text("cipher"),
    "tls.established": flagIn(row, "established"),
    "tls.resumed": flagIn(row, "resumed"),
    "tls.alert": row.text("last_alert"),
    "tls.server.subject": row.text("subject"),
    "tls.server.issuer": row.text("issuer"),
    "tls.validation": status,
  };
}

function fileFields(row: ZeekRow): Fields {
  const [sender] = row.list("tx_hosts");
  const [receiver] = row.list("rx_hosts");
  const address = (text: string | undefined) => (text === undefined ? undefined : canonicalIp(text));
  return {
    ...endpoints(row),
    "source.ip": address(sender) ?? endpoints(row)["source.ip"],
    "destination.ip": address(receiver) ?? endpoints(row)["destination.ip"],
    "network.protocol": row.text("source")?.toLowerCase(),
    "file.name": row.text("filename"),
    "file.mime_type": row.text("mime_type"),
    "file.size": numberIn(row, "total_bytes") ?? numberIn(row, "seen_bytes"),
    "event.duration": spanIn(row, "duration"),
  };
}

/** Seconds since the epoch; in JSON also milliseconds, or ISO 8601 (`LogAscii::json_timestamps`). */
function stampOf(row: ZeekRow): Fields {
  const text = row.text("ts");
  if (text === undefined) return {};
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return { "@timestamp": text, "@timestamp.kind": "rfc3339" };
  const ms = /^(\d{9,11})(\d{3})(?:\.\d+)?$/.exec(text);
  const stamp = ms ? `${ms[1]}.${ms[2]}` : text;
  return /^\d{9,11}(?:\.\d+)?$/.test(stamp) ? { "@timestamp": stamp, "@timestamp.kind": "epoch" } : {};
}
