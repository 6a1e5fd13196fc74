import type { Event } from "../../../model/event.js";
import type { StampKind } from "../../../model/stamp.js";
import type { ClueKind, ClueTaker, LookedAt } from "../clue.js";
import { isLog } from "./is-log.js";
import { copiedLine, kernelLine, stampedLine } from "./keys.js";
import { Teller } from "./teller.js";

/** Lines of logs by what they tell: unknown words, and those that daemons of containers and the kernel's bridge write most. */
const LINES = [
  "log.line",
  "bridge.port_state",
  "container.lifecycle",
  "registry.attempt",
  "registry.request_begin",
  "registry.request_end",
  "registry.v1_call",
  "registry.v2_error",
];

/**
 * RFC 3339 with at least this many digits of the second: no two lines of an incident share such a stamp by chance. Go leaves zeros at
 * the end away.
 */
const DISTINCT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d{8,9}(?:Z|[+-]\d\d:?\d\d)$/;

/** Shorter messages are said too often to know one by. */
const LEAST_WORDS = 16;

/**
 * A syslog daemon and journald, and the sender, stamp the same line so far apart at most (µs): journald forwards it when it takes it (src/journal/journald-syslog.c),
 * rsyslog takes the time that the kernel noted for the datagram (imuxsock, SysSock.UseSysTimeStamp).
 */
const FORWARDED_US = 250_000;

/** Kinds of stamps that count from an unknown beginning: a stamp inside such a record is of another clock than the source's. */
const SPANS: ReadonlySet<StampKind> = new Set([
  "hms",
  "monotonic",
  "sincestart",
  "sincestart_ms",
  "delta",
  "elapsed",
]);

/** Seconds since boot with all six digits, or µs (/dev/kmsg). */
const SINCE_BOOT = /^\d+(?:\.\d{6})?$/;

/**
 * Lines that several logs have: a daemon's own log and the journal, a journal in two of journalctl's modes or a syslog file beside it, the
 * kernel's ring buffer printed twice.
 */
export const logLines: ClueKind = {
  name: "copied",
  families: ["copied", "kernel", "log"],
  actions: LINES,
  brief: true,
  of(source, give) {
    return isLog(source) ? new LogLines(source, new Teller(source, give)) : undefined;
  },
};

class LogLines implements ClueTaker {
  private last = -1;

  constructor(
    private readonly source: LookedAt,
    private readonly teller: Teller,
  ) {}

  take(event: Event): void {
    // A record may tell of several things: an error inside an error.
    if (event.offset === this.last) return;
    this.last = event.offset;
    const { "@timestamp": stamp, "@timestamp.kind": kind } = event.fields;
    if (SPANS.has(this.source.stamp) && kind !== this.source.stamp) return;
    if (typeof stamp === "string" && DISTINCT.test(stamp)) this.teller.at(stampedLine(stamp), event);
    else this.copy(event);
  }

  end(): void {}

  private copy(event: Event): void {
    const {
      message,
      "@timestamp": stamp,
      "@timestamp.kind": kind,
      "host.hostname": host,
      "process.name": program,
      "process.pid": pid,
    } = event.fields;
    if (typeof message !== "string") return;
    // journalctl -x puts catalogue texts below some messages.
    const end = message.indexOf("\n");
    const words = end < 0 ? message : message.slice(0, end);
    if (words.length < LEAST_WORDS) return;
    const isKernel = program === "kernel" && pid === undefined;
    if (isKernel && kind === "monotonic" && typeof stamp === "string" && SINCE_BOOT.test(stamp))
      this.teller.at(kernelLine(stamp.replace(".", ""), words), event);
    // Without the host, a line of another machine that says the same could be taken for this one.
    if (typeof host !== "string" || !(isKernel || typeof pid === "number")) return;
    const late = this.isOfJournald(event) || this.source.unstamped ? 0 : FORWARDED_US;
    const key = copiedLine(nodeOf(host), typeof pid === "number" ? pid : 0, words);
    this.teller.tell(key, this.teller.earliest(event) - late, this.teller.latest(event) + late, event);
  }

  /** Is the stamp certainly that of the journal's entry? Some syslog files look like journalctl's output; its spans since boot are those of the arrival. */
  private isOfJournald({ fields }: Event): boolean {
    const { format } = this.source;
    const { "@timestamp": stamp, "@timestamp.kind": kind } = fields;
    if (format !== "journal-short") return format.startsWith("journal-");
    return kind === "epoch" || kind === "datetime" || (kind === "syslog" && String(stamp).includes("."));
  }
}

/** A host's own name: some print it with its domain. */
const nodeOf = (host: string): string => (/^[\d.]+$|:/.test(host) ? host : host.split(".")[0]!.toLowerCase());
