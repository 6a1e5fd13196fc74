import type { Blocks } from "../../grammar/blocks.js";
import { matchShape } from "../../grammar/exec.js";
import type { MessageIndex } from "../../grammar/index/index.js";
import { type Asked, Joiner } from "../../grammar/join.js";
import type { DocumentDecoder, Grammar, Reading, Shape } from "../../grammar/types.js";
import type { Fields } from "../../model/event.js";
import { type Claimer, mayMatch } from "./claim.js";
import { besideOf, categoryOf, innerOf, NONE, stampOf } from "./readings.js";
import type { Told, WrittenStamp } from "./untimed.js";

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

/** Which happenings somebody wants, by action. */
export type Wants = (action: string) => boolean;

const NO_COMPOSED: readonly Composed[] = [];

/** A document that is known, and tells of nothing. */
const UNTOLD: Shape = {
  grammar: "",
  event: "document.empty",
  regex: /$/y,
  decode: () => ({}),
  literals: [],
  stamps: [],
};

/** A record read through all its layers, before it has a time. */
export class Composed {
  private joined: Fields | undefined;
  /** Further happenings of the same record, each with its own time. */
  beside: readonly Composed[] = NO_COMPOSED;

  /**
   * @param joiner joins the layers' fields when somebody asks for them
   * @param through who read it: envelope, body, message
   * @param subject which of them says what it tells: the message, or else the envelope
   * @param outer the envelope's stamp
   * @param inner the stamp inside the message, which is nearer to the happening, when there is one
   * @param also further happenings that the same record tells of (errors inside errors), outermost first
   */
  constructor(
    private readonly joiner: Joiner,
    readonly through: readonly Reading[],
    private readonly subject: Reading,
    readonly outer: WrittenStamp,
    readonly inner: WrittenStamp | undefined,
    readonly also: readonly Reading[],
  ) {
    this.joined = undefined;
  }

  get action(): string {
    return this.subject.shape.event;
  }

  get category(): string {
    return categoryOf(this.subject.grammar);
  }

  /** The fields of all layers. What an inner error says is known of the record too, unless its message says it itself. */
  get fields(): Fields {
    return (this.joined ??= this.joiner.join(this.through, this.also));
  }

  /** The same for one of the errors inside: what it says itself comes first. */
  fieldsOf(error: Reading): Fields {
    return this.joiner.join(this.through, this.also, error);
  }
}

/** Reads records through envelope, body and message. */
export class Composer {
  private readonly bodies: { grammar: Grammar; last: Shape | undefined }[];
  private readonly joiner: Joiner;
  /** Joins what conditions look at. */
  private readonly whole = new Joiner();
  /** By whose wishes `worth` was filled. */
  private wants: Wants | undefined;
  private readonly worth = new Map<Shape, boolean>();

  /** @param asked which fields of what it composes somebody may read; absent: all */
  constructor(
    readonly layers: Layers,
    readonly asked: Asked = () => undefined,
  ) {
    this.joiner = new Joiner(asked);
    this.bodies = layers.bodies.map((grammar) => ({ grammar, last: undefined }));
  }

  /** One that gives these fields alone. */
  sparing(asked: Asked): Composer {
    return new Composer(this.layers, asked);
  }

  /**
   * @param shape the envelope's shape that claimed `text`
   * @param wants where it is given, the message of a record that can tell nothing that is wanted may stay unread
   * @param blocks those that are open where the record stands
   */
  compose(
    grammar: Grammar,
    shape: Shape,
    text: string,
    wants?: Wants,
    blocks?: Blocks,
  ): Composed | undefined {
    if (grammar.document) return this.composeDocument(grammar, grammar.document, text, wants);
    const fields = matchShape(shape, text);
    if (!fields) return undefined;
    blocks?.complete(grammar, shape, fields);
    return this.through({ grammar, shape, fields }, wants);
  }

  /** The events of a document, each read on by itself: the others stand behind the first. */
  private composeDocument(
    grammar: Grammar,
    document: DocumentDecoder,
    text: string,
    wants: Wants | undefined,
  ): Composed | undefined {
    if (!document.recognises(text)) return undefined;
    const [first, ...rest] = document.read(text).map((told) => this.through({ grammar, ...told }, wants));
    if (!first) return this.through({ grammar, shape: UNTOLD, fields: {} }, wants);
    first.beside = rest;
    return first;
  }

  /** Reads what an envelope hands on. */
  private through(envelope: Reading, wants: Wants | undefined): Composed {
    const { shape, fields } = envelope;
    const outer = stampOf(fields);
    const through = [envelope];
    let words = fields["message"];
    if (typeof words !== "string")
      return new Composed(this.joiner, through, envelope, outer, undefined, NONE);
    let inner: WrittenStamp | undefined;
    const body = this.body(words, fields);
    if (body) {
      through.push(body);
      if (body.fields["@timestamp.kind"] !== undefined) inner = stampOf(body.fields);
      if (typeof body.fields["message"] === "string") words = body.fields["message"];
    }
    const known = () => this.whole.join(through, NONE);
    const isWorth = wants && !wants(shape.event) ? this.worthBy(wants) : undefined;
    const { messages } = this.layers;
    const said = messages.match(words, known, isWorth);
    const error = besideOf(through, said);
    const beside = error === undefined ? undefined : messages.match(error, known, isWorth);
    const meaning = said ?? beside;
    if (!meaning) return new Composed(this.joiner, through, envelope, outer, inner, NONE);
    through.push(meaning);
    const also = said && beside ? [...innerOf(said), beside, ...innerOf(beside)] : innerOf(meaning);
    return new Composed(this.joiner, through, meaning, outer, inner, also);
  }

  private body(message: string, fields: Fields): Reading | undefined {
    for (const body of this.bodies) {
      const { grammar } = body;
      if (grammar.accepts && !grammar.accepts(fields)) continue;
      for (const shape of grammar.shapes) {
        // V8 compiles an expression when it is first run: most are never needed.
        if (shape !== body.last && !mayMatch(shape, message)) continue;
        const found = matchShape(shape, message);
        if (!found) continue;
        body.last = shape;
        return { grammar, shape, fields: found };
      }
    }
    return undefined;
  }

  /** Tells of a message's shape whether it, or what it hands on, may tell something that is wanted. */
  private worthBy(wants: Wants): (shape: Shape) => boolean {
    if (this.wants !== wants) this.worth.clear();
    this.wants = wants;
    return this.isWorth;
  }

  private readonly isWorth = (shape: Shape): boolean => {
    let worth = this.worth.get(shape);
    if (worth === undefined)
      this.worth.set(shape, (worth = shape.pass !== undefined || this.wants!(shape.event)));
    return worth;
  };
}

/**
 * Reads a record that the format may claim.
 * @param wants see {@link Composer.compose}
 */
export function composeClaimed(
  composer: Composer,
  claimer: Claimer,
  text: string,
  wants?: Wants,
  blocks?: Blocks,
): Composed | undefined {
  const { grammar, shape } = claimer;
  // Most are of the shape that the one before had: then claiming and reading are one.
  const composed = shape && composer.compose(grammar, shape, text, wants, blocks);
  if (composed || !claimer.claims(text)) return composed;
  return claimer.shape === shape ? undefined : composer.compose(grammar, claimer.shape!, text, wants, blocks);
}

/**
 * What a composed record tells of: its own happening and those of the errors inside it.
 * @param wants absent: all
 */
export function toldOf(composed: Composed, wants?: Wants): Told[] {
  const told: Told[] = [];
  const { action, also } = composed;
  if (!wants || wants(action)) told.push({ action, category: composed.category, fields: composed.fields });
  for (const error of also) {
    const { event } = error.shape;
    if (event === action || (wants && !wants(event))) continue;
    told.push({ action: event, category: categoryOf(error.grammar), fields: composed.fieldsOf(error) });
  }
  return told;
}
