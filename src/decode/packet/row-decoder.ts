import type { Event, Fields } from "../../model/event.js";
import { decodePacket } from "./decode.js";
import { Frame } from "./frame.js";
import type { Wanted } from "./kinds.js";
import { KIND, type PacketSegment, ROW, ROW_WORDS } from "./row.js";

/** A segment in its place: whose it is, and how many packets lie before it. */
export interface PacketRows {
  readonly source: number;
  readonly before: number;
  readonly segment: PacketSegment;
}

/** Makes of a row the events that its packet gives when a whole capture is read packet by packet. */
export class RowDecoder {
  /** Rows that events were made of. */
  decoded = 0;
  private readonly frame = new Frame();

  constructor(private readonly wanted: Wanted) {}

  /** The events of one row; most rows give one. */
  events({ source, before, segment }: PacketRows, row: number): Event[] {
    const at = row * ROW_WORDS;
    const { words, frames } = segment;
    const events: Event[] = [];
    this.decoded++;
    const time = segment.times[row]!;
    const emit = (action: string, fields: Fields) => {
      events.push({
        source,
        line: before + words[at + ROW.PACKET]!,
        offset: segment.begin + words[at + ROW.OFFSET]!,
        length: words[at + ROW.LENGTH]!,
        time,
        ns: words[at + ROW.CAPTURE]! & 0xffff,
        latest: time,
        action,
        category: "network",
        fields,
      });
    };
    if ((words[at]! & 0xff) === KIND.MARKER) {
      const { dropped, name } = segment.markers.find((marker) => marker.row === row)!;
      emit("capture.marker", { "capture.dropped": dropped, "interface.name": name });
      events[0]!.line = Math.max(1, events[0]!.line);
      return events;
    }
    const { frame } = this;
    const from = words[at + ROW.FRAME]!;
    const capture = segment.captures[words[at + ROW.CAPTURE]! >>> 16]!;
    frame.start(frames, from, from + words[at + ROW.CAPTURED]!, words[at + ROW.ORIGINAL]! >>> 0);
    frame.interfaceName = capture.name;
    frame.direction = capture.direction;
    decodePacket(frame, capture.linkType, this.wanted, emit);
    return events;
  }
}
