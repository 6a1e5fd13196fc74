import { flagNames, responseCodeName, typeName } from "../dns/registry.js";
import type { Said } from "../packet/dns.js";

/** tcpdump's words for response codes, in the order of their numbers (ns_resp). */
const RESPONSES = [
  "",
  "FormErr",
  "ServFail",
  "NXDomain",
  "NotImp",
  "Refused",
  "YXDomain",
  "YXRRSet",
  "NXRRSet",
  "NotAuth",
  "NotZone",
];

const HEAD =
  /^(\d{1,5})((?: (?:inv_q|stat|notify|updateMA|updateM|updateDA|updateD|updateA|update|op6))?)((?: (?:FormErr|ServFail|NXDomain|NotImp|Refused|YXDomain|YXRRSet|NXRRSet|NotAuth|NotZone|NoChange|Resp\d{1,2}))?)([*+%|$-]{0,4})/;
/** What tcpdump finds odd in a query: header bits, and counts of sections that queries seldom have. */
const WEIRD = /^ \[(?:b2&3=0x([0-9a-f]{1,4})|(\d{1,5})(au|[aqn]))\]/;
const QUESTION =
  /^ ([A-Z][A-Za-z0-9-]{0,15})(?: (?:CHAOS|HS|ANY|Class\d{1,5}))?(?: \(Q[MU]\))?\? ([^ ,[]{1,1100})/;
const COUNTS = /^ (\d{1,5})\/(\d{1,5})\/(\d{1,5})/;
const ADDRESS = /(?:^|[ \]])(A|AAAA) ([0-9a-f.:]{2,45})$/;

/**
 * Reads a DNS message's text, such as `47344+ A? docker.test. (29)`, `1098* 1/0/0 A 192.0.2.80 (45)` or, with
 * `-vv`, `1098 q: A? ok.test. 1/0/0 ok.test. [1m] A 192.0.2.80 (45)`. `answering`: it comes from a server's
 * port, which tells what a message cut to `47344+ [|domain]` is. Gives `undefined` for anything else.
 */
export function readDnsText(text: string, answering: boolean): Said | undefined {
  const head = HEAD.exec(text);
  if (head === null) return undefined;
  const id = Number(head[1]);
  const marks = head[4]!;
  let rest = text.slice(head[0].length);
  if (rest !== "" && rest[0] !== " " && rest[0] !== "\n") return undefined;
  let word: number | undefined;
  for (let weird = WEIRD.exec(rest); weird !== null; weird = WEIRD.exec(rest)) {
    rest = rest.slice(weird[0].length);
    if (weird[1] !== undefined) word = Number.parseInt(weird[1], 16);
    if (!isPlausible(word ?? 0, Number(weird[2] ?? 0), weird[3])) return undefined;
  }
  const asked = rest.startsWith(" q:");
  if (asked) rest = rest.slice(3);
  const question = QUESTION.exec(rest);
  if (question !== null) rest = rest.slice(question[0].length);
  // Older versions print a name as far as it was captured, and the mark behind it.
  const nameCut = rest.startsWith("[|");
  const counts = COUNTS.exec(rest);
  const cut = rest.trimStart().startsWith("[|");
  // Numbers alone are no DNS: a query names what it asks, an answer counts what it has, or the text says it was cut.
  if (id > 65535 || (question === null && counts === null && !cut)) return undefined;
  const response = counts !== null || asked || (question === null && (answering || head[3] !== ""));
  return {
    id,
    response,
    flags: word === undefined ? flagsOf(marks, response) : flagNames(word),
    responseCode: response ? responseCodeOf(head[3]!.trim()) : undefined,
    question: question === null ? undefined : { name: hostName(question[2]!), type: typeOf(question[1]!) },
    nameCut: question === null ? counts === null : nameCut,
    answersCount: counts === null ? undefined : Number(counts[1]),
    addresses: counts === null ? [] : addressesOf(rest.slice(counts[0].length), Number(counts[1])),
  };
}

/** The limits of `decodeDns`: a query has no reserved bit, no error code, and no answers. */
function isPlausible(word: number, count: number, section: string | undefined): boolean {
  if ((word & 0x4f) !== 0) return false;
  switch (section) {
    case "a":
      return count === 0;
    case "q":
      return count <= 1;
    case "n":
      return count <= 1;
    case "au":
      return count <= 3;
    default:
      return true;
  }
}

/** Bits of the header's second word that a mark tells; tcpdump prints RD for queries only, and RA's absence. */
function flagsOf(marks: string, response: boolean): readonly string[] {
  let word = 0;
  if (marks.includes("*")) word |= 0x0400;
  if (marks.includes("|")) word |= 0x0200;
  if (marks.includes("$")) word |= 0x0020;
  if (marks.includes("+")) word |= 0x0100;
  if (marks.includes("%")) word |= 0x0010;
  if (response && !marks.includes("-")) word |= 0x0080;
  return flagNames(word);
}

function responseCodeOf(word: string): string {
  const known = RESPONSES.indexOf(word);
  if (known >= 0) return responseCodeName(known);
  if (word === "NoChange") return responseCodeName(15);
  return responseCodeName(Number.parseInt(word.replace("Resp", ""), 10));
}

/** `Type65` is what tcpdump prints for types younger than itself. */
function typeOf(word: string): string {
  const number = /^Type(\d{1,5})$/.exec(word);
  return number === null ? word.toUpperCase() : typeName(Number(number[1]));
}

function hostName(text: string): string {
  return text === "." ? text : text.toLowerCase().replace(/\.$/, "");
}

/** Addresses among the first `count` records of `A 192.0.2.80, AAAA 2001:db8::1 (45)`. */
function addressesOf(text: string, count: number): string[] {
  const addresses: string[] = [];
  const end = text.search(/ ns: | ar: | \(\d{1,5}\)/);
  const records = (end < 0 ? text : text.slice(0, end)).split(", ", count);
  for (const record of records) {
    // A TXT record's text could say anything.
    if (record.includes('"')) break;
    const address = ADDRESS.exec(record);
    if (address !== null) addresses.push(address[2]!);
  }
  return addresses;
}
