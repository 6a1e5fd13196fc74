import type { Event } from "../../../model/event.js";
import type { ClueKind, ClueTaker, LookedAt } from "../clue.js";
import { isLog } from "./is-log.js";
import { copiedLine, shownLine, shownName, stampedLine } from "./keys.js";
import { forwardedBy, nodeOf, wordsOf } from "./line-words.js";
import { Teller } from "./teller.js";

/** Lines of logs by what they tell: unknown words, and those that daemons of containers write most. */
const LINES = [
  "log.line",
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

/** Lines of processes that several logs have: a daemon's own log and the journal, a journal in two of journalctl's modes or a syslog file beside it. */
export const logLines: ClueKind = {
  families: ["copied", "log"],
  answers: ["shown.from", "shown.to"],
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
    const { "@timestamp": stamp } = event.fields;
    if (typeof stamp === "string" && DISTINCT.test(stamp)) {
      this.teller.at(stampedLine(stamp), event);
      this.show(stamp, event);
    } else this.copy(event);
  }

  end(): void {}

  /** What a trace shows of a stamp. */
  private show(stamp: string, event: Event): void {
    const { teller } = this;
    if (!teller.mayMatter("shown", shownName(stamp))) return;
    teller.after(shownLine("from", stamp), event);
    teller.before(shownLine("to", stamp), event);
  }

  private copy(event: Event): void {
    const { message, "host.hostname": host, "process.pid": pid } = event.fields;
    const words = wordsOf(message);
    // Without the host, a line of another machine that says the same could be taken for this one.
    if (words === undefined || typeof host !== "string" || typeof pid !== "number") return;
    const { teller, source } = this;
    const apart = forwardedBy(source, event);
    const key = copiedLine(nodeOf(host), pid, words);
    teller.tell(key, teller.earliest(event) - apart, teller.latest(event) + apart, event);
  }
}
