import { endpoint } from "../../grammar/convert/endpoint.js";
import { port } from "../../grammar/convert/port.js";
import type { IcmpSaid, Quoted } from "../packet/fields.js";
import { icmpName } from "../packet/icmp-names.js";

const NOTHING: IcmpSaid = {
  type: undefined,
  code: undefined,
  name: "",
  id: undefined,
  seq: undefined,
  mtu: undefined,
  original: undefined,
};
const NOBODY: Quoted = {
  sourceIp: undefined,
  sourcePort: undefined,
  destinationIp: undefined,
  destinationPort: undefined,
  transport: undefined,
};

const UNREACHABLE =
  /^(net |host |)([^\s]{1,255}) (?:(udp|tcp) port ([^\s]{1,40}) |protocol (\d{1,3}) (?:port (\d{1,5}) )?|)unreachable(?: - ([a-z]+(?: [a-z]+){0,5}))?(?: \(mtu (\d{1,6})\))?/;
const ECHO = /^echo (request|reply)(?:, id (\d{1,5}))?(?:, seq (\d{1,5}))?/;
const REDIRECT = /^redirect ([^\s]{1,255}) to (?:tos-)?(net|host) /;
const UNREACHABLE6 =
  /^destination unreachable, {1,2}(?:unreachable )?(route|prohibited|beyond scope|address|port)(?:,? ([^\s,]{1,255}))?(?: (udp|tcp) port ([^\s,]{1,40}))?/;
const QUOTED = /\n\tIP6? \(([^\n]{1,300})\)\n? {1,8}([^ \n]{1,300}) > ([^ \n]{1,300}):/;
const PROTOCOL = /(?:proto|next-header) (UDP|TCP|ICMPv6|ICMP) /;

/** Code of "unreachable" by the words behind the dash; the two of one wording are told apart by net and host. */
const REASONS: Record<string, readonly [net: number, host: number]> = {
  "": [0, 1],
  "need to frag": [4, 4],
  "source route failed": [5, 5],
  unknown: [6, 7],
  "source host isolated": [8, 8],
  "admin prohibited": [9, 10],
  "tos prohibited": [11, 12],
  "admin prohibited filter": [13, 13],
  "host precedence violation": [14, 14],
  "precedence cutoff": [15, 15],
};

const CODES6: Record<string, number> = { route: 0, prohibited: 1, "beyond scope": 2, address: 3, port: 4 };

/** Beginnings of the other messages: words, type, code. */
const WORDS: readonly (readonly [string, number, number])[] = [
  ["time exceeded in-transit", 11, 0],
  ["ip reassembly time exceeded", 11, 1],
  ["source quench", 4, 0],
  ["router advertisement", 9, 0],
  ["router solicitation", 10, 0],
  ["parameter problem", 12, 0],
  ["time stamp query", 13, 0],
  ["time stamp reply", 14, 0],
  ["address mask request", 17, 0],
  ["address mask is", 18, 0],
];
const WORDS6: readonly (readonly [string, number, number])[] = [
  ["packet too big", 2, 0],
  ["time exceeded in-transit (reassembly)", 3, 1],
  ["time exceeded in-transit", 3, 0],
  ["ip reassembly time exceeded", 3, 1],
  ["parameter problem", 4, 0],
  ["multicast listener query", 130, 0],
  ["multicast listener report v2", 143, 0],
  ["multicast listener report", 131, 0],
  ["multicast listener done", 132, 0],
  ["router solicitation", 133, 0],
  ["router advertisement", 134, 0],
  ["neighbor solicitation", 135, 0],
  ["neighbor advertisement", 136, 0],
  ["redirect", 137, 0],
];

/** Reads what tcpdump prints (print-icmp.c, print-icmp6.c) behind `ICMP ` (or, with `v6`, `ICMP6, `). */
export function readIcmpText(text: string, v6: boolean): IcmpSaid {
  const quoted = quotedIn(text);
  const echo = ECHO.exec(text);
  if (echo !== null) {
    const request = echo[1] === "request";
    const type = v6 ? (request ? 128 : 129) : request ? 8 : 0;
    const number = (part: string | undefined) => (part === undefined ? undefined : Number(part));
    return { ...NOTHING, type, code: 0, name: `echo ${echo[1]}`, id: number(echo[2]), seq: number(echo[3]) };
  }
  const error = v6 ? unreachable6(text) : (unreachable(text) ?? redirect(text));
  if (error !== undefined) return { ...error, original: quoted ?? error.original };
  for (const [words, type, code] of v6 ? WORDS6 : WORDS) {
    if (!text.startsWith(words)) continue;
    const mtu = /, mtu (\d{1,10})/.exec(text);
    const read: IcmpSaid = {
      ...NOTHING,
      type,
      code,
      name: icmpName(type, code, v6, undefined),
      original: quoted,
    };
    if (mtu !== null) read.mtu = Number(mtu[1]);
    return read;
  }
  const unnamed = /^type-#(\d{1,3})/.exec(text);
  if (unnamed !== null) return { ...NOTHING, type: Number(unnamed[1]), name: `type ${unnamed[1]}` };
  const end = text.search(/[,\n]/);
  return { ...NOTHING, name: (end < 0 ? text : text.slice(0, end)).slice(0, 80) };
}

function unreachable(text: string): IcmpSaid | undefined {
  const match = UNREACHABLE.exec(text);
  if (match === null) return undefined;
  const [, scope, address, transport, portText, protocol, , reason, mtu] = match;
  const codes = REASONS[reason ?? ""];
  let code: number | undefined;
  if (transport !== undefined) code = 3;
  else if (protocol !== undefined) code = match[6] === undefined ? 2 : 3;
  else if (codes !== undefined) code = scope === "net " ? codes[0] : codes[1];
  const read: IcmpSaid = {
    ...NOTHING,
    type: 3,
    code,
    name: icmpName(3, code ?? 1, false, transport),
    original: {
      ...NOBODY,
      destinationIp: partyOf(endpoint(address!)),
      destinationPort: portText === undefined ? undefined : port(portText),
      transport,
    },
  };
  if (mtu !== undefined) read.mtu = Number(mtu);
  return read;
}

function redirect(text: string): IcmpSaid | undefined {
  const match = REDIRECT.exec(text);
  if (match === null) return undefined;
  const code = match[2] === "net" ? 0 : 1;
  return {
    ...NOTHING,
    type: 5,
    code,
    name: "redirect",
    original: { ...NOBODY, destinationIp: partyOf(endpoint(match[1]!)) },
  };
}

function unreachable6(text: string): IcmpSaid | undefined {
  const unknown = /^destination unreachable, unknown unreach code \((\d{1,3})\)/.exec(text);
  if (unknown !== null) {
    const code = Number(unknown[1]);
    return { ...NOTHING, type: 1, code, name: icmpName(1, code, true, undefined) };
  }
  const match = UNREACHABLE6.exec(text);
  if (match === null) return undefined;
  const code = CODES6[match[1]!]!;
  const transport = match[3];
  return {
    ...NOTHING,
    type: 1,
    code,
    name: icmpName(1, code, true, transport),
    original: {
      ...NOBODY,
      destinationIp: match[2] === undefined ? undefined : partyOf(endpoint(match[2])),
      destinationPort: match[4] === undefined ? undefined : port(match[4]),
      transport,
    },
  };
}

/** With `-v` the quoted packet follows on lines of its own, in full. */
function quotedIn(text: string): Quoted | undefined {
  const match = QUOTED.exec(text);
  if (match === null) return undefined;
  const source = endpoint(match[2]!);
  const destination = endpoint(match[3]!);
  const protocol = PROTOCOL.exec(match[1]!)?.[1];
  return {
    sourceIp: partyOf(source),
    sourcePort: source.port,
    destinationIp: partyOf(destination),
    destinationPort: destination.port,
    transport: protocol === "ICMPv6" ? "ipv6-icmp" : protocol?.toLowerCase(),
  };
}

/** Whose end it is: an address, or the name that tcpdump prints without `-n`. */
const partyOf = ({ ip, address }: ReturnType<typeof endpoint>): string | undefined => ip ?? address;
