import type { Fields } from "../../model/event.js";
import { flagNames, responseCodeName, typeName } from "../dns/registry.js";
import { answerFields, queryFields, type Said } from "../packet/dns.js";
import type { Seen } from "../packet/frame.js";
import type { Dissection } from "./dissection.js";

const DNS_PORT = 53;

/**
 * The DNS event of a dissection, or `undefined` when there is none: without an id, on another port than 53 (multicast DNS
 * and LLMNR have the same fields), or when nothing tells whether it asks or answers.
 */
export function dnsOf(
  d: Dissection,
  seen: Seen,
  transport: string,
  source: number | undefined,
  destination: number | undefined,
): { action: string; fields: Fields } | undefined {
  const id = d.number("dns_id");
  const known = source !== undefined || destination !== undefined;
  if (id === undefined || hasOddOpcode(d) || (known && source !== DNS_PORT && destination !== DNS_PORT))
    return undefined;
  const response = isResponse(d, source, destination);
  if (response === undefined) return undefined;
  const said = saidOf(d, id, response);
  return response
    ? { action: "dns.answer", fields: answerFields(seen, transport, source, destination, said) }
    : { action: "dns.query", fields: queryFields(seen, transport, source, destination, said) };
}

/** Other bytes on the port: an opcode that nobody has assigned (0, 1, 2, 4, 5 and 6 are). */
function hasOddOpcode(d: Dissection): boolean {
  const flags = d.number("dns_flags");
  return flags !== undefined && ((0b1110111 >>> ((flags >>> 11) & 15)) & 1) === 0;
}

function isResponse(
  d: Dissection,
  source: number | undefined,
  destination: number | undefined,
): boolean | undefined {
  const flags = d.number("dns_flags");
  if (flags !== undefined) return (flags & 0x8000) !== 0;
  const flag = d.flag("dns_flags_response");
  if (flag !== undefined) return flag;
  if (source === DNS_PORT && destination !== DNS_PORT) return true;
  return destination === DNS_PORT && source !== DNS_PORT ? false : undefined;
}

function saidOf(d: Dissection, id: number, response: boolean): Said {
  const flags = d.number("dns_flags");
  const code = d.number("dns_flags_rcode") ?? (flags === undefined ? undefined : flags & 15);
  const name = d.text("dns_qry_name");
  const type = d.text("dns_qry_type");
  return {
    id,
    response,
    flags: flags === undefined ? [] : flagNames(flags),
    responseCode: response && code !== undefined ? responseCodeName(code) : undefined,
    question: name === undefined ? undefined : { name: nameOf(name), type: typeOf(type) },
    answersCount: response ? d.number("dns_count_answers") : undefined,
    addresses: response ? [...d.all("dns_a"), ...d.all("dns_aaaa")] : [],
    nameCut: false,
  };
}

const nameOf = (text: string) => (text === "<Root>" ? "" : text.toLowerCase().replace(/\.$/, ""));

function typeOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return /^\d{1,5}$/.test(text) ? typeName(Number(text)) : text.toUpperCase().slice(0, 16);
}
