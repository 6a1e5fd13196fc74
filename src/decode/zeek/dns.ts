import type { Fields } from "../../model/event.js";
import { responseCodeName, typeName } from "../dns/registry.js";
import { flagIn, numberIn, spanIn, type ZeekRow } from "./row.js";

const DNS_PORT = 53;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F.]{0,15}){2,7})$/;

/**
 * What a row of `dns.log` says: the question, how long it took until an answer came, and what that was. `undefined` where it is none
 * to a DNS server: multicast DNS, LLMNR and NetBIOS have the same columns.
 */
export function dnsFields(row: ZeekRow, endpoints: Fields): Fields | undefined {
  const id = numberIn(row, "trans_id");
  if (id === undefined || endpoints["destination.port"] !== DNS_PORT) return undefined;
  const name = row.text("query");
  const type = numberIn(row, "qtype");
  const code = numberIn(row, "rcode");
  const rtt = spanIn(row, "rtt");
  const answers = row.list("answers");
  const addresses = answers.filter((answer) => ADDRESS.test(answer));
  return {
    ...endpoints,
    "dns.id": id,
    "dns.question.name": name === undefined ? undefined : name.toLowerCase().replace(/(.)\.$/, "$1"),
    "dns.question.type": type === undefined ? row.text("qtype_name") : typeName(type),
    "dns.header_flags": ["AA", "TC", "RD", "RA"].filter((flag) => flagIn(row, flag)),
    // Without a code no answer was seen.
    ...(code !== undefined && {
      "dns.response_code": responseCodeName(code),
      "dns.answers_count": answers.length,
      "dns.resolved_ip": addresses.length > 0 ? addresses : undefined,
    }),
    "event.duration": rtt,
  };
}
