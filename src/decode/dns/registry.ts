/**
 * Numbers of the DNS and their names (IANA, "Domain Name System (DNS) Parameters").
 * Types without a name here are written as RFC 3597 does: `TYPE65280`.
 */
const TYPES: Record<number, string> = {
  1: "A",
  2: "NS",
  5: "CNAME",
  6: "SOA",
  12: "PTR",
  13: "HINFO",
  15: "MX",
  16: "TXT",
  17: "RP",
  18: "AFSDB",
  24: "SIG",
  25: "KEY",
  28: "AAAA",
  29: "LOC",
  33: "SRV",
  35: "NAPTR",
  36: "KX",
  37: "CERT",
  39: "DNAME",
  41: "OPT",
  42: "APL",
  43: "DS",
  44: "SSHFP",
  45: "IPSECKEY",
  46: "RRSIG",
  47: "NSEC",
  48: "DNSKEY",
  49: "DHCID",
  50: "NSEC3",
  51: "NSEC3PARAM",
  52: "TLSA",
  53: "SMIMEA",
  55: "HIP",
  59: "CDS",
  60: "CDNSKEY",
  61: "OPENPGPKEY",
  62: "CSYNC",
  63: "ZONEMD",
  64: "SVCB",
  65: "HTTPS",
  99: "SPF",
  108: "EUI48",
  109: "EUI64",
  249: "TKEY",
  250: "TSIG",
  251: "IXFR",
  252: "AXFR",
  255: "ANY",
  256: "URI",
  257: "CAA",
};

const RESPONSE_CODES = [
  "NOERROR",
  "FORMERR",
  "SERVFAIL",
  "NXDOMAIN",
  "NOTIMP",
  "REFUSED",
  "YXDOMAIN",
  "YXRRSET",
  "NXRRSET",
  "NOTAUTH",
  "NOTZONE",
  "DSOTYPENI",
];

/** `28` → `AAAA`. */
export function typeName(type: number): string {
  return TYPES[type] ?? `TYPE${type}`;
}

/** The four bits of the header → `NXDOMAIN`; unassigned ones as `RCODE15`. */
export function responseCodeName(code: number): string {
  return RESPONSE_CODES[code] ?? `RCODE${code}`;
}

const FLAG_BITS: readonly (readonly [number, string])[] = [
  [0x0400, "AA"],
  [0x0200, "TC"],
  [0x0100, "RD"],
  [0x0080, "RA"],
  [0x0020, "AD"],
  [0x0010, "CD"],
];

const flagLists = new Map<number, readonly string[]>();

/** Names of the set bits of the header's second word, in wire order. At most 64 lists exist; they are shared. */
export function flagNames(word: number): readonly string[] {
  const key = word & 0x07b0;
  let list = flagLists.get(key);
  if (list === undefined) {
    list = Object.freeze(FLAG_BITS.filter(([bit]) => (key & bit) !== 0).map(([, name]) => name));
    flagLists.set(key, list);
  }
  return list;
}
