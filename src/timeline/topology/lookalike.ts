/**
 * Public resolvers that people know by heart and therefore mistype: addresses of few, repeated digits.
 * Sources: the operators' own pages (Google Public DNS, Cloudflare 1.1.1.1, Quad9, OpenDNS, Yandex, Verisign, AdGuard,
 * AliDNS, 114DNS).
 */
const MEMORABLE = [
  "8.8.8.8",
  "8.8.4.4",
  "1.1.1.1",
  "1.0.0.1",
  "9.9.9.9",
  "149.112.112.112",
  "208.67.222.222",
  "208.67.220.220",
  "77.88.8.8",
  "77.88.8.1",
  "64.6.64.6",
  "64.6.65.6",
  "94.140.14.14",
  "94.140.15.15",
  "114.114.114.114",
  "114.114.115.115",
  "223.5.5.5",
  "223.6.6.6",
];

/** Real resolvers that resemble one above, or one another: never suspected. */
const GENUINE = new Set([
  ...MEMORABLE,
  // Cloudflare for families, Google's and Quad9's other profiles
  ...["1.1.1.2", "1.0.0.2", "1.1.1.3", "1.0.0.3"],
  ...[10, 11, 12, 13, 14, 15].flatMap((last) => [`9.9.9.${last}`, `149.112.112.${last}`]),
  "149.112.112.9",
  // OpenDNS: family shield, sandbox, and the crosswise pair
  ...["208.67.222.123", "208.67.220.123", "208.67.222.2", "208.67.220.2", "208.67.222.220", "208.67.220.222"],
  // Yandex safe and family
  ...["77.88.8.88", "77.88.8.2", "77.88.8.7", "77.88.8.3"],
  // AdGuard unfiltered and family
  ...["94.140.14.140", "94.140.14.141", "94.140.14.15", "94.140.15.16"],
  // 114DNS safe and family
  ...["114.114.114.119", "114.114.115.119", "114.114.114.110", "114.114.115.110"],
  // Level 3, Comodo, CNNIC
  ...[1, 2, 3, 4, 5, 6].map((last) => `4.2.2.${last}`),
  ...["8.26.56.26", "8.20.247.20", "1.2.4.8", "210.2.4.8"],
]);

const KNOWN = MEMORABLE.map((text) => ({ text, octets: text.split(".") }));

/** Is the address a public resolver that many know? */
export const isWellKnownResolver = (ip: string): boolean => GENUINE.has(ip);

/**
 * The well-known public resolver that a name server's address looks like without being it: same octets in another
 * order, one of its own octets in a wrong place (4.4.4.4 for 8.8.4.4, 1.0.0.0 for 1.0.0.1), or one octet with one wrong,
 * missing, doubled or swapped digit (8.8.8.88). Undefined for everything else, for genuine resolvers, and for private,
 * loopback and special addresses.
 *
 * @param ip an IPv4 address as inet_ntop prints it; anything else gives undefined
 */
export function lookalikeOf(ip: string): string | undefined {
  if (GENUINE.has(ip) || !isPublicIPv4(ip)) return undefined;
  const octets = ip.split(".");
  let best: string | undefined;
  let bestDiffering = 5;
  for (const known of KNOWN) {
    const differing = octets.reduce((sum, octet, at) => sum + Number(octet !== known.octets[at]), 0);
    if (differing < bestDiffering && resembles(octets, known.octets, differing)) {
      best = known.text;
      bestDiffering = differing;
    }
  }
  return best;
}

function resembles(octets: readonly string[], known: readonly string[], differing: number): boolean {
  if (differing === 1) {
    const at = octets.findIndex((octet, index) => octet !== known[index]);
    if (isOneSlip(octets[at]!, known[at]!)) return true;
  }
  if (differing <= 2 && octets.every((octet) => known.includes(octet))) return true;
  return [...octets].sort().join(".") === [...known].sort().join(".");
}

/** One digit changed, left out, doubled, or two neighbours swapped: one edit in Damerau's sense. */
function isOneSlip(a: string, b: string): boolean {
  if (a.length === b.length) {
    const wrong = [...a].flatMap((digit, at) => (digit === b[at] ? [] : [at]));
    if (wrong.length === 1) return true;
    return (
      wrong.length === 2 &&
      wrong[1] === wrong[0]! + 1 &&
      a[wrong[0]!] === b[wrong[1]!] &&
      a[wrong[1]!] === b[wrong[0]!]
    );
  }
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (long.length !== short.length + 1) return false;
  return [...long].some((_, at) => long.slice(0, at) + long.slice(at + 1) === short);
}

/** Outside the special-purpose blocks of RFC 6890 that a resolver of one's own can lie in. */
function isPublicIPv4(ip: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(ip);
  if (match === null) return false;
  const [a, b] = [Number(match[1]), Number(match[2])];
  if (match.slice(1).some((octet) => Number(octet) > 255)) return false;
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if (a === 100 && b >= 64 && b <= 127) return false;
  if (a === 169 && b === 254) return false;
  if (a === 172 && b >= 16 && b <= 31) return false;
  return !(a === 192 && b === 168);
}
