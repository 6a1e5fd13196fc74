/** The interface a packet was captured on, as far as the file tells. */
export interface CaptureInterface {
  linkType: number;
  /** `undefined` when unknown, or "any". */
  name: string | undefined;
}

/** What a capture says beside its packets. Plain data. */
export interface CaptureNote {
  /** Packets that the kernel or the interface dropped; all so far on this interface, or those right before one packet. */
  readonly dropped?: number;
  readonly since?: "start" | "packet";
  /** So many bytes of the file are damaged and were passed over. */
  readonly skipped?: number;
  /** What somebody wrote about the capture, an interface or a packet. */
  readonly comment?: string;
  readonly name: string | undefined;
}

/** What a framer calls for each packet record, and for what is wrong with one. */
export interface FramerHost {
  /**
   * A packet: captured bytes `[from, to)`, `original` bytes long on the wire, at `time` µs (UTC) + `ns`. Its record
   * lies at `offset` of the file and is `length` bytes long.
   */
  packet(
    bytes: Buffer,
    from: number,
    to: number,
    original: number,
    time: number,
    ns: number,
    capture: CaptureInterface,
    direction: string | undefined,
    offset: number,
    length: number,
  ): void;
  /** The capture itself says something, in a block that lies at `offset` and is `length` bytes long. */
  noted(note: CaptureNote, offset: number, length: number): void;
  /** A packet whose record cannot be used: it counts, and is reported. */
  lost(offset: number, reason: string): void;
  /** Number of the packet that would come next, 1-based. */
  readonly nextPacket: number;
  problem(offset: number, message: string, severity: "error" | "warning"): void;
}

/** Cuts a byte stream into packet records. */
export interface Framer {
  /** Bytes from the current place on that `read` needs before it can get any further. */
  need: number;
  /**
   * Reads the whole records from `bytes[0]`, which is byte `base` of the file. Gives how many bytes it is done with:
   * more than there are when a block is to be skipped.
   */
  read(bytes: Buffer, base: number): number;
  /** The file ends with these bytes, which `read` left. */
  end(bytes: Buffer, base: number): void;
}

/** The largest snap length of tcpdump and libpcap (MAXIMUM_SNAPLEN). No packet record holds more. */
export const MAX_CAPTURED = 262144;
