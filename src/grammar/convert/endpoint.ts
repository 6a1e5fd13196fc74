import { canonicalIp } from "./ip.js";
import { port } from "./port.js";

export interface Endpoint {
  ip: string | undefined;
  address: string | undefined;
  port: number | undefined;
}

export const NO_ENDPOINT: Endpoint = { ip: undefined, address: undefined, port: undefined };

/**
 * Splits what tools print for address and port: `10.0.0.1.53`, `ns1.corp.test.domain`, `fe80::1.53` (tcpdump),
 * `10.0.0.1:53`, `[::1]:53`, `host:443` (Go, C), or an address alone.
 */
export function endpoint(text: string): Endpoint {
  if (text.charCodeAt(0) === 91) {
    const end = text.indexOf("]");
    return end < 0 ? of(text, undefined) : of(text.slice(1, end), portAfter(text.slice(end + 1)));
  }
  const colon = text.indexOf(":");
  if (colon >= 0 && colon === text.lastIndexOf(":")) {
    return of(text.slice(0, colon), port(text.slice(colon + 1)));
  }
  if (colon >= 0) return sixOrSo(text);
  return dotted(text);
}

/** More than one colon: an IPv6 address, with a port behind a dot when tcpdump printed it. */
function sixOrSo(text: string): Endpoint {
  const whole = canonicalIp(text);
  const dot = text.lastIndexOf(".");
  if (whole !== undefined && (dot < 0 || text.indexOf("%") < 0)) return of(text, undefined, whole);
  if (dot > 0) {
    const number = port(text.slice(dot + 1));
    const address = canonicalIp(text.slice(0, dot));
    if (address !== undefined) return of(text.slice(0, dot), number, address);
  }
  return of(text, undefined, whole);
}

function dotted(text: string): Endpoint {
  const whole = canonicalIp(text);
  if (whole !== undefined) return of(text, undefined, whole);
  const dot = text.lastIndexOf(".");
  if (dot <= 0) return of(text, undefined);
  const last = text.slice(dot + 1);
  const address = text.slice(0, dot);
  const number = port(last);
  // `ns1.corp.test` alone is a name; only a port or a known service name behind the last dot is split off.
  if (number === undefined && !canonicalIp(address)) return of(text, undefined);
  return of(address, number);
}

function portAfter(text: string): number | undefined {
  return text.charCodeAt(0) === 58 || text.charCodeAt(0) === 46 ? port(text.slice(1)) : undefined;
}

function of(address: string, number: number | undefined, known?: string): Endpoint {
  const ip = known ?? canonicalIp(address);
  if (ip !== undefined) return { ip, address: undefined, port: number };
  const name = address.toLowerCase().replace(/\.$/, "");
  return { ip: undefined, address: name === "" ? undefined : name, port: number };
}
