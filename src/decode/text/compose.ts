import { matchShape } from "../../grammar/exec.js";
import type { MessageIndex } from "../../grammar/index/index.js";
import type { Grammar, Reading, Shape } from "../../grammar/types.js";
import type { Event, Fields } from "../../model/event.js";
import type { StampKind } from "../../model/stamp.js";
import { Claimer } from "./claim.js";
import type { Told } from "./segment.js";
import type { Stamper } from "./stamper.js";

/** A framed record, before anybody has read it. */
export interface RawRecord {
  source: number;
  line: number;
  offset: number;
  length: number;
  text: string;
}

/** What composing needs: the grammars of the inner layers. */
export interface Layers {
  bodies: readonly Grammar[];
  messages: MessageIndex;
}

/** The fields of a record through all its layers, before it has a time. */
export interface Composed {
  action: string;
  category: string;
  fields: Fields;
  /** Envelope's stamp. */
  outer: { kind: StampKind; text: string };
  /** The stamp inside the message, which is nearer to the happening, when there is one. */
  inner?: { kind: StampKind; text: string };
  /** Who read it: envelope, body, message. */
  through: Reading[];
  /** Further happenings that the same record tells of (errors inside errors). */
  also: Reading[];
}

const stampOf = (fields: Fields): { kind: StampKind; text: string } => {
  const kind = fields["@timestamp.kind"];
  return kind === undefined
    ? { kind: "none", text: "" }
    : { kind: kind as StampKind, text: String(fields["@timestamp"] ?? "") };
};

const inners = (reading: Reading): Reading[] =>
  (reading.inner ?? []).flatMap((inner) => [inner, ...inners(inner)]);

/** All fields; of several the later. A decoder names every field of its shape, those that it did not find as `undefined`: they hide nothing. */
function merge(first: Fields, ...others: readonly Fields[]): Fields {
  const merged = { ...first };
  for (const fields of others)
    for (const key in fields) if (fields[key] !== undefined) merged[key] = fields[key];
  return merged;
}

/** Reads records through envelope, body and message. */
export class Composer {
  private readonly bodies: Claimer[];

  constructor(private readonly layers: Layers) {
    this.bodies = layers.bodies.map((grammar) => new Claimer(grammar));
  }

  /** @param shape the envelope's shape that claimed `text` */
  compose(grammar: Grammar, shape: Shape, text: string): Composed | undefined {
    const fields = matchShape(shape, text);
    if (!fields) return undefined;
    const outer = stampOf(fields);
    const through: Reading[] = [{ grammar, shape, fields }];
    const message = fields["message"];
    if (typeof message !== "string") {
      return this.finish({
        action: shape.event,
        category: categoryOf(grammar),
        fields,
        outer,
        through,
        also: [],
      });
    }

    let all = fields;
    let words = message;
    let inner: Composed["inner"];
    const body = this.body(message, fields);
    if (body) {
      through.push(body);
      all = merge(fields, body.fields);
      if (body.fields["@timestamp.kind"] !== undefined) inner = stampOf(body.fields);
      if (typeof body.fields["message"] === "string") words = body.fields["message"];
    }
    const meaning = this.layers.messages.match(words, all);
    if (!meaning) {
      return this.finish({
        action: shape.event,
        category: categoryOf(grammar),
        fields: all,
        outer,
        ...(inner && { inner }),
        through,
        also: [],
      });
    }
    through.push(meaning);
    const also = inners(meaning);
    // What an inner error says is known of the outer event too, unless the outer says it itself.
    const merged = merge(all, ...also.toReversed().map((reading) => reading.fields), meaning.fields);
    return this.finish({
      action: meaning.shape.event,
      category: categoryOf(meaning.grammar),
      fields: merged,
      outer,
      ...(inner && { inner }),
      through,
      also,
    });
  }

  private finish(composed: Composed): Composed {
    // Innermost first: what the words are about says more than where they were written.
    for (const { grammar } of composed.through.toReversed()) {
      for (const key in grammar.set)
        if (composed.fields[key] === undefined) composed.fields[key] = grammar.set[key];
    }
    return composed;
  }

  private body(message: string, fields: Fields): Reading | undefined {
    for (const claimer of this.bodies) {
      if (claimer.grammar.accepts && !claimer.grammar.accepts(fields)) continue;
      if (!claimer.claims(message)) continue;
      const shape = claimer.shape!;
      const found = matchShape(shape, message);
      if (found) return { grammar: claimer.grammar, shape, fields: found };
    }
    return undefined;
  }
}

function categoryOf(grammar: Grammar): string {
  const category = grammar.set["event.category"];
  return typeof category === "string" ? category : "host";
}

/**
 * What a composed record tells of: its own happening and those of the errors inside it.
 * @param wants which happenings somebody wants, by action; absent: all
 */
export function toldOf(composed: Composed, wants?: (action: string) => boolean): Told[] {
  const told: Told[] = [];
  const { action, category, fields, also } = composed;
  if (!wants || wants(action)) told.push({ action, category, fields });
  for (const reading of also) {
    const { event } = reading.shape;
    if (event === action || (wants && !wants(event))) continue;
    told.push({
      action: event,
      category: categoryOf(reading.grammar),
      fields: merge(fields, reading.fields),
    });
  }
  return told;
}

/** Gives a composed record its time and makes its events: the record's own and those of errors inside it. */
export function toEvents(
  composed: Composed,
  record: RawRecord,
  stamper: Stamper,
  emit: (event: Event) => void,
): void {
  const stamp = composed.inner ?? composed.outer;
  stamper.stamp(stamp.kind, stamp.text, record.line);
  const { source, line, offset, length } = record;
  const { us: time, latest, ns } = stamper;
  emit({
    source,
    line,
    offset,
    length,
    time,
    ns,
    latest,
    action: composed.action,
    category: composed.category,
    fields: composed.fields,
  });
  for (const reading of composed.also) {
    if (reading.shape.event === composed.action) continue;
    const fields = merge(composed.fields, reading.fields);
    emit({
      source,
      line,
      offset,
      length,
      time,
      ns,
      latest,
      action: reading.shape.event,
      category: categoryOf(reading.grammar),
      fields,
    });
  }
}
