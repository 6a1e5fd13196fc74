import type { Names } from "../names/names.js";
import { endsLikeHost } from "../names/public.js";
import { escapedPart } from "./boundary.js";
import type { Span } from "./span.js";

/** Everything that a name of a machine could be part of. */
const RUN = /[A-Za-z0-9_.\u0080-\uffff-]+/g;
/** The host of a URL, behind the user and the password. */
const URL_HOST = /:\/\/(?:[^\s/@"'\\<>]{0,256}@)?([A-Za-z0-9_.-]+)/g;
/** What tcpdump puts behind a name in place of a port's number (IANA's service names). */
const SERVICE =
  /^(?:\d{1,5}|domain|https?|http-alt|ssh|smtps?|imaps?|pop3s?|ldaps?|ntp|mysql|postgresql|bootp[sc]|snmp|syslog|mdns)$/;
/** Names of settings and packages are written from the other end: com.docker.network. */
const TURNED = /^(?:com|org|net|io|dev|de)\.[\w-]+\.[\w.-]+$/;

/** Finds names that look like those of machines wherever they stand, and hosts of URLs whatever they look like. */
export function findHosts(text: string, names: Names, spans: Span[]): void {
  if (text.includes("."))
    for (const { index, 0: run } of text.matchAll(RUN)) {
      const at = hostIn(run);
      if (at === undefined) continue;
      const escaped = at.start === 0 ? escapedPart(text, index, run) : 0;
      put(text, index + at.start + escaped, index + at.end, names, spans);
    }
  if (text.includes("://"))
    for (const match of text.matchAll(URL_HOST)) {
      const host = match[1]!.replace(/\.$/, "");
      const start = match.index + match[0].length - match[1]!.length;
      if (!/^[\d.]+$/.test(host)) put(text, start, start + host.length, names, spans);
    }
}

/** Hosts of URLs and names that look like such, to be known wherever they turn up. */
export function hostsIn(text: string): string[] {
  const found: string[] = [];
  if (text.includes("://"))
    for (const match of text.matchAll(URL_HOST)) {
      const host = match[1]!.replace(/\.$/, "");
      if (!/^[\d.]+$/.test(host)) found.push(host);
    }
  return found;
}

function put(text: string, start: number, end: number, names: Names, spans: Span[]): void {
  const was = text.slice(start, end);
  const now = names.host(was);
  if (now !== was) spans.push({ start, end, text: now });
}

/** Where in a run of letters, digits, hyphens and full stops a name lies; `undefined` for none. */
function hostIn(run: string): { start: number; end: number } | undefined {
  const start = run.search(/[^.-]/);
  let end = run.length;
  while (end > start && (run[end - 1] === "." || run[end - 1] === "-")) end--;
  const labels = run.slice(Math.max(0, start), end).split(".");
  if (labels.length > 2 && SERVICE.test(labels.at(-1)!.toLowerCase())) end -= labels.pop()!.length + 1;
  if (labels.length < 2 || labels.some((label) => label === "" || label.length > 63)) return undefined;
  if (!endsLikeHost(labels.at(-1)!.toLowerCase()) || TURNED.test(labels.join("."))) return undefined;
  return { start, end };
}
