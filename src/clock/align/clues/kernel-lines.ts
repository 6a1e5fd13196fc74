import type { Event } from "../../../model/event.js";
import type { ClueKind, ClueTaker, LookedAt } from "../clue.js";
import { isLog } from "./is-log.js";
import { copiedLine, kernelLine, kernelNamed } from "./keys.js";
import { FORWARDED_US, forwardedBy, nodeOf, wordsOf } from "./line-words.js";
import { Teller } from "./teller.js";

/** Lines of the kernel by what they tell: unknown words, and what it says of interfaces and bridges. */
const LINES = [
  "log.line",
  "bridge.netfilter_absent",
  "bridge.own_address",
  "bridge.port_state",
  "bridge.topology_change",
  "link.allmulticast",
  "link.carrier",
  "link.checksum_failure",
  "link.hardware_hang",
  "link.promiscuous",
  "link.renamed",
  "link.transmit_timeout",
  "link.unregister_waiting",
];

/** Seconds since boot with all six digits, or µs (/dev/kmsg). */
const SINCE_BOOT = /^(\d+)(?:\.(\d{6}))?$/;

/** What the kernel says while it boots is taken by journald when that begins, some seconds later: s since boot. */
const BOOTED_S = 120;

/**
 * Names that no two hosts share by chance: of the ends of containers' interfaces, of bridges, MAC addresses, ids. Addresses in memory are the
 * same on hosts of one make.
 */
const DISTINCT =
  /(?<!0x)(?:veth|br-|\b)(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,}|(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/;

/** Ports of bridges come back to a state, with the same words. */
const COMES_AGAIN = / state$/;

/** The kernel's process number in keys. */
const KERNEL = 0;

/** Lines of the kernel that several logs have: its ring buffer printed twice, or printed and in the journal. */
export const kernelLines: ClueKind = {
  families: ["kernel", "kernel.named", "copied"],
  actions: LINES,
  brief: true,
  of(source, give) {
    return isLog(source) ? new KernelLines(source, new Teller(source, give)) : undefined;
  },
};

class KernelLines implements ClueTaker {
  private last = -1;

  constructor(
    private readonly source: LookedAt,
    private readonly teller: Teller,
  ) {}

  take(event: Event): void {
    const { message, "process.name": program, "process.pid": pid, "@timestamp": stamp } = event.fields;
    const words = program === "kernel" && pid === undefined ? wordsOf(message) : undefined;
    if (words === undefined || event.offset === this.last) return;
    this.last = event.offset;
    if (event.fields["@timestamp.kind"] !== "monotonic") this.logged(event, words);
    else if (typeof stamp === "string") this.printed(event, stamp, words);
  }

  end(): void {}

  /** A line of the ring buffer: journald takes it after the kernel has stamped it. */
  private printed(event: Event, stamp: string, words: string): void {
    const { teller } = this;
    const [, whole, fraction] = SINCE_BOOT.exec(stamp) ?? [];
    if (whole === undefined) return;
    teller.at(kernelLine(`${whole}${fraction ?? ""}`, words), event);
    const seconds = fraction === undefined ? Number(whole) / 1e6 : Number(whole);
    if (seconds >= BOOTED_S) this.copy(event, words, 0, FORWARDED_US);
  }

  /** A line of the journal, or of a syslog file. */
  private logged(event: Event, words: string): void {
    const { source } = this;
    // `dmesg -T` works its times out from spans, and not well (dmesg(1)).
    if (source.format === "dmesg") return;
    const apart = forwardedBy(source, event);
    this.copy(event, words, apart, apart);
  }

  private copy(event: Event, words: string, before: number, behind: number): void {
    const { source, teller } = this;
    const { "host.hostname": named = source.host } = event.fields;
    const isNamed = DISTINCT.test(words) && !COMES_AGAIN.test(words);
    if (!isNamed && typeof named !== "string") return;
    const key = isNamed ? kernelNamed(words) : copiedLine(nodeOf(String(named)), KERNEL, words);
    teller.tell(key, teller.earliest(event) - before, teller.latest(event) + behind, event);
  }
}
