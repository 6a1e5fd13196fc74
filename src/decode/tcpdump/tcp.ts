/** What tcpdump prints of a TCP segment (print-tcp.c). */
export interface TcpText {
  /** tcpdump's letters; absent with `-q`. */
  flags: string | undefined;
  /** Only of segments with SYN: behind a handshake tcpdump prints numbers relative to it. */
  seq: number | undefined;
  ack: number | undefined;
  /** Of segments without SYN: relative to the handshake, or whole where tcpdump did not see it. */
  relativeSeq?: number | undefined;
  relativeAck?: number | undefined;
  payloadBytes: number | undefined;
  /** What follows the length: a protocol's own text. */
  rest: string;
}

const FLAGS = /^Flags \[([A-Za-z.]{1,9})\]/;
const QUIET = /^tcp (\d{1,9})/;
const LENGTH = /, length (\d{1,9})/;
const SEQ = /, seq (\d{1,10})/;
const ACK = /, ack (\d{1,10})/;
/** tcpdump 3: `S 123:123(0) ack 456 win 5840`, `. ack 1 win 92`. */
const OLD = /^([SFRPWE.]{1,6})(?: (\d{1,10}):\d{1,10}\((\d{1,9})\))?( ack (\d{1,10}))?(?: win \d|$| )/;

/** Reads a TCP segment's text; `undefined` when it is none. */
export function readTcpText(text: string): TcpText | undefined {
  const flags = FLAGS.exec(text);
  if (flags !== null) {
    // The options may hold anything in brackets; what counts stands before and behind them.
    const line = text.slice(0, 1000);
    const letters = flags[1]!;
    const syn = letters.includes("S");
    const length = LENGTH.exec(line);
    return {
      flags: letters,
      seq: syn ? numberOf(SEQ.exec(line)) : undefined,
      ack: syn ? numberOf(ACK.exec(line)) : undefined,
      // Without payload the number says nothing that the acknowledgement does not.
      relativeSeq: syn || length?.[1] === "0" ? undefined : numberOf(SEQ.exec(line)),
      relativeAck: syn ? undefined : numberOf(ACK.exec(line)),
      payloadBytes: numberOf(length),
      rest: length === null ? "" : line.slice(length.index + length[0].length),
    };
  }
  const quiet = QUIET.exec(text);
  if (quiet !== null) {
    return { flags: undefined, seq: undefined, ack: undefined, payloadBytes: numberOf(quiet), rest: "" };
  }
  return readOldText(text);
}

function readOldText(text: string): TcpText | undefined {
  const old = OLD.exec(text);
  if (old === null || (old[2] === undefined && old[4] === undefined)) return undefined;
  const letters = old[1]!;
  const syn = letters.includes("S");
  const acks = old[4] !== undefined && !letters.includes(".");
  return {
    flags: acks ? `${letters}.` : letters,
    seq: syn && old[2] !== undefined ? Number(old[2]) : undefined,
    ack: syn && old[5] !== undefined ? Number(old[5]) : undefined,
    payloadBytes: old[3] === undefined ? 0 : Number(old[3]),
    rest: "",
  };
}

function numberOf(match: RegExpExecArray | null): number | undefined {
  return match === null ? undefined : Number(match[1]);
}
