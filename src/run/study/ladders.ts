import type { Diagnosis } from "../../diagnosis/index.js";
import type { Event, Fields } from "../../model/event.js";
import type { Finding } from "../../model/finding.js";
import { isFloating } from "../../model/time.js";
import type { Ladder, LadderPacket } from "../../report/study.js";
import { rfc3339 } from "../../report/times.js";
import { rawEvents } from "../../rules/proof.js";
import { placeOf } from "./places.js";
import type { Matched } from "./taker.js";
import { type Hop, hopsOf, STEPS, type Step, type Ways } from "./ways.js";
import { shown } from "./words.js";

/** Packets of one ladder: the first ones and the last ones. */
const FIRST_PACKETS = 8;
const LAST_PACKETS = 4;

/** What became of a packet, by its `passage.outcome`. */
const OUTCOMES: Readonly<Record<string, string>> = {
  translated: "left as it should, and was not answered",
  encapsulated: "went on in an overlay, and was not answered",
  "reply-not-delivered": "its answer came back to the host and did not go on to the client",
  untranslated: "left with the container's own address, to which nobody outside can answer",
  "stayed-on-bridge": "came to the bridge, which did not take it for the host",
  "not-forwarded": "the host took it, and did not send it on",
  "next-hop-silent": "waits for its next hop, which does not answer",
  lost: "was not translated; the capture does not tell where it was lost",
  unknown: "no capture watches the uplink",
};

/** Outcomes of packets that left as they should: what is missing is their answer. */
const LEFT: ReadonlySet<string> = new Set(["translated", "encapsulated", "reply-not-delivered"]);

type At = LadderPacket["at"][number];

/** A column of a ladder, and what it shows of a packet. */
interface Column {
  name: string;
  at: (passage: Event, hops: readonly Hop[]) => At;
  address: (passage: Event) => string;
}

/** Of each finding that rests on packets' ways through the host, where its packets were seen; in the order of the findings. */
export function laddersOf(
  { findings }: Diagnosis,
  matched: readonly Matched[],
  ways: Ways,
  paths: readonly string[],
): Ladder[] {
  return findings.flatMap((finding) => {
    const passages = passagesOf(finding, matched);
    if (passages.length === 0) return [];
    const columns = columnsOf(passages, ways);
    const packets = passages.map((passage) => packetOf(passage, columns, paths));
    return [
      {
        findingId: finding.id,
        hops: columns.map(({ name }) => name),
        packets,
        total: Math.max(finding.count, packets.length),
      },
    ];
  });
}

/** The passages that its rule matched for this finding: those of the group whose records it cites. */
function passagesOf({ rule, evidence }: Finding, matched: readonly Matched[]): Event[] {
  const cited = new Set(evidence.map(placeOf));
  const passages = matched.flatMap(({ rule: of, first, last }) => {
    const all = [...first, ...last].filter(({ action }) => action === "packet.passage");
    return of === rule && all.some((passage) => rawEvents([passage]).some((raw) => cited.has(placeOf(raw))))
      ? all
      : [];
  });
  if (passages.length <= FIRST_PACKETS + LAST_PACKETS) return passages;
  return [...passages.slice(0, FIRST_PACKETS), ...passages.slice(-LAST_PACKETS)];
}

function columnsOf(passages: readonly Event[], ways: Ways): Column[] {
  const bridges = new Set(passages.map(({ fields }) => fields["passage.bridge"]));
  const namesAt = (step: Step) =>
    [...new Set([...bridges].flatMap((bridge) => ways.namesOf(bridge, step)))].sort();
  const names = Object.fromEntries(STEPS.map((step) => [step, namesAt(step)])) as Record<Step, string[]>;
  const own = (passage: Event) => between(passage.fields["source.ip"], passage.fields["destination.ip"]);
  const columns: Column[] = [];
  if (names.port.length > 0)
    columns.push({ name: called(names.port, "port", "In"), at: atPort, address: own });
  if (names.bridge.length > 0)
    columns.push({ name: called(names.bridge, "bridge", "In"), at: atBridge, address: own });
  if (columns.length === 0) columns.push({ name: "container", at: () => "seen", address: own });
  columns.push({
    name: called(names.uplink, "uplink", "Out"),
    at: atUplink,
    address: ({ fields }) => between(fields["passage.source_on_wire"], fields["destination.ip"]),
  });
  if (!passages.some(hasLeft)) return columns;
  const back = ({ fields }: Event) => between(fields["destination.ip"], fields["passage.source_on_wire"]);
  columns.push({ name: called(names.uplink, "uplink", "In"), at: answered, address: back });
  if (passages.some(isUndelivered))
    columns.push({ name: called(names.bridge, "bridge", "Out"), at: delivered, address: () => "" });
  return columns;
}

/** One interface by its name; several by what they are. */
const called = (names: readonly string[], step: Step, direction: string): string =>
  `${names.length === 1 ? shown(names[0]!) : step} ${direction}`;

const between = (from: unknown, to: unknown): string => shown(`${from ?? "?"} → ${to ?? "?"}`);

const outcomeOf = ({ fields }: Event): string => String(fields["passage.outcome"]);
const hasLeft = (passage: Event): boolean => LEFT.has(outcomeOf(passage));
const isUndelivered = (passage: Event): boolean => outcomeOf(passage) === "reply-not-delivered";

/** A packet that was seen further on came by, whether its port was watched or not. */
const atPort: Column["at"] = (_, hops) => (hops.some(({ step }) => step === "port") ? "seen" : "unknown");

/** `P` on the bridge: the frame was flooded to it, for somebody else's address, and the host did not get it. */
const atBridge: Column["at"] = (passage, hops) => {
  const copies = hops.filter(({ step }) => step === "bridge");
  if (copies.some(({ direction }) => direction === "In")) return "seen";
  if (outcomeOf(passage) === "stayed-on-bridge") return "missing";
  return copies.length > 0 && copies.every(({ direction }) => direction === undefined) ? "seen" : "unknown";
};

const atUplink: Column["at"] = (passage) => {
  const { fields } = passage;
  if (outcomeOf(passage) === "unknown") return "unknown";
  if (hasLeft(passage)) return fields["passage.translated"] === true ? "translated" : "seen";
  return outcomeOf(passage) === "untranslated" ? "seen" : "missing";
};

const answered: Column["at"] = (passage) =>
  isUndelivered(passage) ? "translated" : hasLeft(passage) ? "missing" : "unknown";

const delivered: Column["at"] = (passage) => (isUndelivered(passage) ? "missing" : "unknown");

function packetOf(passage: Event, columns: readonly Column[], paths: readonly string[]): LadderPacket {
  const first = passage.cites?.[0] ?? passage;
  const hops = hopsOf(passage);
  const at = columns.map((column) => column.at(passage, hops));
  const isUntranslated = outcomeOf(passage) === "untranslated";
  // What left as it was is wrong at the uplink, where it was seen; else the first place that it did not come to.
  const uplink = columns.findIndex((column) => column.at === atUplink);
  const broken = isUntranslated ? uplink : at.indexOf("missing");
  return {
    time: isFloating(first.time) ? null : rfc3339(first.time, first.ns),
    label: packetLabel(first.fields),
    source: paths[first.source] ?? "?",
    line: first.line,
    at,
    addresses: columns.map((column, i) =>
      at[i] === "seen" || at[i] === "translated" ? column.address(passage) : "",
    ),
    ...(broken >= 0 && { broken }),
    outcome: outcomeText(passage),
  };
}

function outcomeText(passage: Event): string {
  const words = OUTCOMES[outcomeOf(passage)] ?? shown(outcomeOf(passage));
  const hop = passage.fields["passage.next_hop"];
  return hop === undefined ? words : `${words} (${shown(String(hop))})`;
}

/** `A? registry.test, port 40123 → 53`. */
function packetLabel(fields: Fields): string {
  const name = fields["dns.question.name"];
  const what =
    name !== undefined
      ? `${fields["dns.question.type"] ?? ""}? ${name}`.trim()
      : fields["icmp.name"] !== undefined
        ? `ICMP ${fields["icmp.name"]}`
        : fields["tcp.flags"] === "S"
          ? "SYN"
          : String(fields["network.transport"] ?? "packet");
  const [from, to] = [fields["source.port"], fields["destination.port"]];
  return shown(from === undefined ? what : `${what}, port ${from} → ${to ?? "?"}`);
}
