import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { linksCapture } from "./links.js";
import { variety } from "./variety.js";

/** Captures that are kept outside of the repository, if they are there. */
const SHARED = fileURLToPath(new URL("../../../../shared/captures", import.meta.url));
const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

function sharedCaptures(): [string, Buffer][] {
  if (!existsSync(SHARED)) return [];
  return readdirSync(SHARED, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: folder }) =>
      readdirSync(join(SHARED, folder))
        .filter((name) => /\.pcap(?:ng)?$/.test(name))
        .map((name): [string, Buffer] => [`${folder}/${name}`, readFileSync(join(SHARED, folder, name))]),
    );
}

/** All captures that there are, each with its name. */
export function captures(): [string, Buffer][] {
  return [
    ["a packet of every kind", variety()],
    ["a packet behind every link layer", linksCapture()],
    ...["any-cooked2.pcap", "eth0-nano.pcap", "firewall-reject.pcap"].map((name): [string, Buffer] => [
      name,
      fixture(name),
    ]),
    ...sharedCaptures(),
  ];
}

const FILE_HEADER = 24;

/**
 * The same packets in as few captures as can hold them: classic ones of one kind (byte order, unit of time, link layer) behind one
 * header. Programs that take long to start read them all in a few runs.
 */
export function joinedCaptures(): [string, Buffer][] {
  const kinds = new Map<string, Buffer[]>();
  const joined: [string, Buffer][] = [];
  for (const [name, bytes] of captures()) {
    if (bytes.readUInt32BE(0) === 0x0a0d0d0a) {
      joined.push([name, bytes]);
      continue;
    }
    const kind = `${bytes.toString("hex", 0, 4)}, link layer ${bytes.readUInt32LE(20)}`;
    const list = kinds.get(kind);
    if (list) list.push(bytes.subarray(FILE_HEADER));
    else kinds.set(kind, [bytes]);
  }
  return [...joined, ...[...kinds].map(([kind, list]): [string, Buffer] => [kind, Buffer.concat(list)])];
}
