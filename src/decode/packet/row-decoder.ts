import type { Event, Fields } from "../../model/event.js";
import { decodePacket } from "./decode.js";
import { noteFields } from "./fields.js";
import { Frame } from "./frame.js";
import type { Wanted } from "./kinds.js";
import { KIND, type Marker, type PacketSegment, ROW, ROW_WORDS } from "./row.js";

/** A segment in its place: whose it is, and how many packets lie before it. */
export interface PacketRows {
  readonly source: number;
  readonly before: number;
  readonly segment: PacketSegment;
  /** Where the source's clock was put on another: the rows' own stamps, and the latest that their times can be, µs. */
  readonly moved?: { readonly stamps: Float64Array; readonly latest: Float64Array } | undefined;
  /** May be called when nobody will look at the rows any more: their memory is given back. */
  readonly done?: (() => void) | undefined;
}

/** Makes of a row the events that its packet gives when a whole capture is read packet by packet. */
export class RowDecoder {
  /** Rows that events were made of. */
  decoded = 0;
  private readonly frame = new Frame();
  private take: (event: Event) => void = () => {};
  private rows!: PacketRows;
  private row = 0;

  constructor(private readonly wanted: Wanted) {}

  /** The events of one row; most rows give one. */
  events(rows: PacketRows, row: number): Event[] {
    const events: Event[] = [];
    this.each(rows, row, (event) => void events.push(event));
    return events;
  }

  /** Hands on the events of one row. */
  each(rows: PacketRows, row: number, take: (event: Event) => void): void {
    const { frame, emit } = this;
    const { words, frames, captures, markers } = rows.segment;
    const at = row * ROW_WORDS;
    this.decoded++;
    this.rows = rows;
    this.row = row;
    this.take = take;
    if ((words[at]! & 0xff) === KIND.MARKER) {
      emit("capture.marker", noteFields(markerOf(markers, row).note));
      return;
    }
    const from = words[at + ROW.FRAME]!;
    const capture = captures[words[at + ROW.CAPTURE]! >>> 16]!;
    frame.start(frames, from, from + words[at + ROW.CAPTURED]!, words[at + ROW.ORIGINAL]! >>> 0);
    frame.interfaceName = capture.name;
    frame.direction = capture.direction;
    decodePacket(frame, capture.linkType, this.wanted, emit);
  }

  private readonly emit = (action: string, fields: Fields): void => {
    const { source, before, segment, moved } = this.rows;
    const { words } = segment;
    const at = this.row * ROW_WORDS;
    const time = segment.times[this.row]!;
    this.take({
      source,
      // A note before the first packet is shown at that.
      line: Math.max(1, before + words[at + ROW.PACKET]!),
      offset: segment.begin + words[at + ROW.OFFSET]!,
      length: words[at + ROW.LENGTH]!,
      time,
      ns: words[at + ROW.CAPTURE]! & 0xffff,
      latest: moved ? moved.latest[this.row]! : time,
      action,
      category: "network",
      fields,
      ...(moved && { stamped: moved.stamps[this.row]! }),
    });
  };
}

/** The marker that stands in a row; they are in the order of their rows. */
function markerOf(markers: readonly Marker[], row: number): Marker {
  let [low, high] = [0, markers.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (markers[middle]!.row < row) low = middle + 1;
    else high = middle;
  }
  return markers[low]!;
}
