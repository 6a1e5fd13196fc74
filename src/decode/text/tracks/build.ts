import type { Asked } from "../../../grammar/join.js";
import { TrackTexts } from "../../../grammar/track/meets.js";
import { plainly } from "../../../grammar/track/plain.js";
import type { Track } from "../../../grammar/track/step.js";
import type { Grammar, Reading, Shape } from "../../../grammar/types.js";
import type { Fields, FieldValue } from "../../../model/event.js";
import type { StampKind } from "../../../model/stamp.js";
import { packStamp, STAMP_FORMS, type StampForm } from "../../../scan/stamps.js";
import type { RecordKind } from "../columns.js";
import type { Layers } from "../compose.js";
import { categoryOf } from "../readings.js";
import { layeredTrack } from "./layers.js";
import { type ValueSource, valuesOf } from "./values.js";

/** What is known of records that are read alike. */
export interface TrackPlan {
  readonly track: Track;
  readonly kind: RecordKind;
  readonly sources: readonly ValueSource[];
}

/**
 * How the records are read that are like one which went through envelope, message shape and perhaps a body.
 *
 * A text of the record's track goes through the same shapes: no other body or message shape that would come before can claim any
 * such text.
 *
 * @param through who read the record, outermost first; the last gave what it tells, and handed nothing on
 * @param asked which fields are wanted of an event
 * @returns `undefined` where nothing is certain about such records
 */
export function planTrack(
  record: string,
  through: readonly Reading[],
  { bodies, messages }: Layers,
  asked: Asked,
): TrackPlan | undefined {
  const message = through.at(-1)!;
  const body = through.length === 3 ? through[1] : undefined;
  const texts = textsOf(record, through);
  if (!texts) return undefined;
  const envelope = through[0]!;
  const known = new Set([
    ...namesAsked(message.grammar, through.slice(0, -1)),
    ...(body ? namesAsked(body.grammar, [envelope]) : []),
  ]);
  const layered = layeredTrack(through.map(({ shape }, i) => ({ shape, text: texts[i]!, fixed: known })));
  if (!layered) return undefined;
  const rivals = bodies.slice(0, body && bodies.indexOf(body.grammar)).flatMap(({ shapes }) => shapes);
  const isAlone =
    !mayMeetAny(layered.track, othersOf(envelope)) &&
    !mayMeetAny(layered.handed, [...rivals, ...(body ? othersOf(body) : [])]) &&
    !mayMeetAny(layered.message, messages.before(message.shape));
  if (!isAlone) return undefined;
  const track = plainly(layered.track);
  if (!track) return undefined;
  const layers = layered.layers.map((layer, i) => valuesOf(layer, i === through.length - 1));
  const stamp = stampOf(layers, through);
  if (!stamp || layers.slice(0, -1).some((layer) => layer.has("error.message"))) return undefined;
  const fields = fieldsOf(layers, through, asked(message.shape.event));
  const told = {
    action: message.shape.event,
    category: categoryOf(message.grammar),
    names: [...fields.keys()],
  };
  return {
    track,
    kind: { stamp: stamp.kind, sample: false, told: [told] },
    sources: [stamp.source, ...fields.values()],
  };
}

/** The texts of the layers; nothing, where a layer does not read what the one before it handed on. */
function textsOf(record: string, through: readonly Reading[]): string[] | undefined {
  const texts = [record];
  for (const { fields } of through.slice(0, -1)) {
    const text = fields["message"];
    if (typeof text !== "string") return undefined;
    texts.push(text);
  }
  return texts;
}

/** Which fields a grammar looks at before it reads a message. */
function namesAsked({ accepts }: Grammar, before: readonly Reading[]): string[] {
  const names: string[] = [];
  const fields: Fields = Object.assign({}, ...before.map((reading) => reading.fields));
  accepts?.(
    new Proxy(fields, {
      get(target, name) {
        names.push(String(name));
        return target[String(name)];
      },
    }),
  );
  return names;
}

function mayMeetAny(track: Track, shapes: readonly Shape[]): boolean {
  const texts = new TrackTexts(track);
  return shapes.some((shape) => texts.mayMeet(shape));
}

/** The other shapes of a layer: whichever was of use last may be asked first. */
const othersOf = ({ grammar, shape }: Reading): Shape[] => grammar.shapes.filter((other) => other !== shape);

type Values = ReadonlyMap<string, ValueSource>;

/** The innermost stamp. Where it has the usual form of its kind, that of all records of the track is read from their bytes. */
function stampOf(
  layers: readonly Values[],
  through: readonly Reading[],
): { kind: StampKind; source: ValueSource } | undefined {
  for (let i = layers.length - 2; i >= 0; i--) {
    const told = layers[i]!.get("@timestamp.kind");
    const source = layers[i]!.get("@timestamp");
    if (!told) continue;
    if (told.kind !== "constant" || source?.kind !== "text") return undefined;
    const kind = told.value as StampKind;
    const form = usualForm(kind, through[i]!.fields["@timestamp"]);
    return { kind, source: form ? { kind: "stamp", form, mark: source.mark } : source };
  }
  return undefined;
}

function usualForm(kind: StampKind, text: FieldValue | undefined): StampForm | undefined {
  if (!Object.hasOwn(STAMP_FORMS, kind) || typeof text !== "string") return undefined;
  const form = kind as StampForm;
  return Number.isNaN(packStamp(form, text)) ? undefined : form;
}

/** Of several values of a field that of the innermost layer counts; then what their grammars say, the innermost first. */
function fieldsOf(
  layers: readonly Values[],
  through: readonly Reading[],
  asked: ReadonlySet<string> | undefined,
): Map<string, ValueSource> {
  const fields = new Map<string, ValueSource>();
  const add = (name: string, source: ValueSource) => {
    if (!fields.has(name) && (asked?.has(name) ?? true)) fields.set(name, source);
  };
  for (const layer of layers.toReversed()) for (const [name, source] of layer) add(name, source);
  for (const { grammar } of through.toReversed())
    for (const [name, value] of Object.entries(grammar.set))
      if (value !== undefined) add(name, { kind: "constant", value });
  return fields;
}
