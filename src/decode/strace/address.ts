import { ipv4At, ipv6At } from "../packet/address.js";
import { type Field, field, type Value } from "./values.js";

/** One end of a connection. */
export interface Endpoint {
  ip: string;
  port: number;
}

/** An internet socket address (`{sa_family=AF_INET, sin_port=htons(53), …}`); of another family, or NULL: `undefined`. */
export function readSockaddr(value: Value | undefined): Endpoint | undefined {
  if (value?.kind !== "struct") return undefined;
  const port = readPort(field(value, "sin_port", "sin6_port"));
  const ip = readIp(value.fields);
  return port === undefined || ip === undefined ? undefined : { ip, port };
}

function readPort(value: Value | undefined): number | undefined {
  if (value?.kind === "call" && value.name === "htons") {
    const port = value.args[0]?.value;
    return port?.kind === "number" ? port.value : undefined;
  }
  // -X raw prints the two bytes as they lie in memory.
  return value?.kind === "text" && value.bytes.length === 2
    ? (value.bytes[0]! << 8) | value.bytes[1]!
    : undefined;
}

function readIp(fields: readonly Field[]): string | undefined {
  for (const { name, value } of fields) {
    if (value.kind === "call" && (value.name === "inet_addr" || value.name === "inet_pton")) {
      const text = value.args.find((arg) => arg.value.kind === "text")?.value;
      return text?.kind === "text" ? canonicalIp(Buffer.from(text.bytes).toString("latin1")) : undefined;
    }
    if (value.kind !== "text") continue;
    if (name === "sin_addr" && value.bytes.length === 4) return ipv4At(value.bytes, 0);
    if (name === "sin6_addr" && value.bytes.length === 16) return ipv6At(value.bytes, 0);
  }
  return undefined;
}

/** strace prints addresses with inet_ntop; an IPv4 address in an IPv6 socket is still that IPv4 address. */
function canonicalIp(text: string): string | undefined {
  const ip = text.startsWith("::ffff:") && text.includes(".") ? text.slice(7) : text;
  return /^[0-9a-f.:]{2,45}$/.test(ip) ? ip : undefined;
}

/** What `-y` and `-yy` say of a descriptor. */
export interface Annotation {
  /** Of sockets: `udp`, `tcp`; `other` for files, pipes, event descriptors, sockets of other families. */
  protocol: "udp" | "tcp" | "socket" | "other";
  inode?: string;
  local?: Endpoint;
  remote?: Endpoint;
}

/** Reads what stands in the angle brackets behind a descriptor, such as `UDP:[10.0.0.2:4000->192.0.2.53:53]`. */
export function readAnnotation(text: string): Annotation {
  const open = text.indexOf(":[");
  const kind = open < 0 ? "" : text.slice(0, open);
  const protocol =
    kind === "UDP" || kind === "UDPv6"
      ? "udp"
      : kind === "TCP" || kind === "TCPv6"
        ? "tcp"
        : kind === "socket"
          ? "socket"
          : "other";
  const close = text.lastIndexOf("]");
  if (protocol === "other" || close < open + 2) return { protocol };
  const inside = text.slice(open + 2, close);
  const arrow = inside.indexOf("->");
  if (arrow < 0) {
    const local = readEndpoint(inside);
    return local ? { protocol, local } : { protocol, inode: Buffer.from(inside).toString() };
  }
  const annotation: Annotation = { protocol };
  const local = readEndpoint(inside.slice(0, arrow));
  const remote = readEndpoint(inside.slice(arrow + 2));
  if (local) annotation.local = local;
  if (remote) annotation.remote = remote;
  return annotation;
}

/** `192.0.2.1:53` or `[2001:db8::1]:53`. */
function readEndpoint(text: string): Endpoint | undefined {
  const colon = text.lastIndexOf(":");
  if (colon <= 0) return undefined;
  const port = Number(text.slice(colon + 1));
  const bracketed = text.charCodeAt(0) === 91 && text.charCodeAt(colon - 1) === 93;
  const ip = canonicalIp(bracketed ? text.slice(1, colon - 1) : text.slice(0, colon));
  return ip !== undefined && Number.isInteger(port) && port >= 0 && port <= 65_535 ? { ip, port } : undefined;
}
