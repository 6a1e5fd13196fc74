import { RecordCutter } from "../../decode/packet/cutter.js";
import type { FramerHost } from "../../decode/packet/framer.js";
import { openChunks } from "../../evidence/open.js";
import { type CapturedPacket, PcapngWriter } from "../../export/pcapng.js";
import type { Report } from "../../report/contract.js";
import { decodeBytes } from "../../report/utf8.js";
import { reportOn } from "../analyze.js";
import type { AnalyzeOptions } from "../analyze-options.js";
import { findFiles } from "../found.js";
import { readable } from "../read.js";
import type { Surveyed } from "../survey.js";
import { type ExportAccount, newAccount } from "./account.js";
import { Citations } from "./citations.js";

const NO_BYTES =
  "it is a packet that a text describes (what tcpdump, tshark or Zeek printed): its bytes are not there";
const GONE = "its bytes could not be read again";

/** The formats whose records describe packets in words. */
const TEXT_CAPTURES = /^(?:tcpdump|tshark|zeek)/;

/**
 * The packets that findings cite as one pcapng file: byte for byte as they lie in their captures, with their original stamps, whatever was
 * found out of the clocks; capture after capture, each in its own order; an interface for each interface of each capture. The findings
 * stand in the packets' comments.
 *
 * @param choose which findings count
 * @returns how it went, when all pieces are taken
 */
export async function* exportPackets(
  paths: readonly string[],
  options: AnalyzeOptions,
  choose: (report: Report) => Report,
): AsyncGenerator<Uint8Array, ExportAccount> {
  const found = await findFiles(paths, options.tmp);
  try {
    const { report: whole, investigation } = await reportOn(found, options);
    const report = choose(whole);
    const citations = new Citations(report);
    const account = newAccount();
    for (const { records } of report.sources) account.records += records;
    account.problems.push(...report.problems);
    const wordy = describedInWords(report);
    if (wordy > 0) account.leftOut.push({ what: "record", reason: NO_BYTES, count: wordy });
    const writer = new PcapngWriter();
    yield writer.begin(`hindcast ${options.version}`);
    for (const member of investigation.surveyed) {
      const wanted = citations.offsets(decodeBytes(member.source.path));
      if (member.kind !== "packets" || wanted.size === 0) continue;
      let written = 0;
      for await (const packets of citedPackets(member, wanted))
        for (const packet of packets) {
          written++;
          yield writer.packet(packet);
        }
      if (written < wanted.size)
        account.leftOut.push({ what: "record", reason: GONE, count: wanted.size - written });
    }
    if (writer.linkTypes.size > 1)
      account.problems.push({
        path: "",
        message:
          "the packets have several link types: Wireshark and tshark read the file, tcpdump does not (--source takes one capture)",
        severity: "warning",
      });
    return account;
  } finally {
    found.close();
  }
}

/** How many cited records are packets without bytes. */
function describedInWords({ sources, findings }: Report): number {
  const wordy = new Set(sources.filter(({ format }) => TEXT_CAPTURES.test(format)).map(({ path }) => path));
  const places = findings.flatMap(({ evidence }) =>
    evidence
      .filter(({ source }) => wordy.has(source))
      .map(({ source, offset }) => JSON.stringify([source, offset])),
  );
  return new Set(places).size;
}

/** The packets of a capture whose records begin at these bytes, chunk by chunk. Reads no further than the last of them. */
async function* citedPackets(
  { source, file, packing }: Surveyed,
  wanted: ReadonlyMap<number, readonly string[]>,
): AsyncGenerator<CapturedPacket[]> {
  const path = decodeBytes(source.path);
  let batch: CapturedPacket[] = [];
  let count = 0;
  let left = wanted.size;
  const host: FramerHost = {
    get nextPacket() {
      return count + 1;
    },
    packet: (bytes, from, to, original, time, ns, { linkType, name }, direction, offset) => {
      count++;
      const ids = wanted.get(offset);
      if (ids === undefined) return;
      left--;
      batch.push({
        on: { linkType, name, source: path },
        time,
        ns,
        bytes: Buffer.from(bytes.subarray(from, to)),
        original,
        direction,
        comment: `${path}: packet ${count}; cited by ${ids.join(", ")}`,
      });
    },
    lost: () => {
      count++;
    },
    noted: () => {},
    // The analysis told of them.
    problem: () => {},
  };
  const cutter = new RecordCutter(host);
  for await (const chunk of readable({ ...source, problems: [] }, openChunks(file.absolute, packing))) {
    cutter.push(chunk);
    yield batch;
    batch = [];
    if (left === 0) return;
  }
  cutter.end();
  yield batch;
}
