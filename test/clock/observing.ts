import type { HostFacts } from "../../src/clock/host/facts.js";
import { type ClockOptions, inferClocks } from "../../src/clock/infer.js";
import type { Inferred } from "../../src/clock/inferred.js";
import type { Observed } from "../../src/clock/observed.js";
import { SourceClock } from "../../src/clock/source-clock.js";
import type { StampKind } from "../../src/model/stamp.js";

export const utc = (text: string): number => Date.parse(text) * 1000;

let ids = 0;

/** A source whose records are stamped so; `kind text` pairs where they differ. */
export function observed(
  kind: StampKind,
  stamps: readonly (string | readonly [StampKind, string])[],
  more: {
    path?: string;
    host?: HostFacts;
    name?: string;
    inner?: readonly string[];
  } & Partial<Observed> = {},
): Observed {
  const { name, inner, ...rest } = more;
  return {
    source: ids++,
    path: `source-${ids}`,
    samples: stamps.map((stamp, i) => ({
      line: i + 1,
      outer: typeof stamp === "string" ? { kind, text: stamp } : { kind: stamp[0], text: stamp[1] },
      inner: inner && { kind: "rfc3339", text: inner[i]! },
      ...(name !== undefined && { host: name }),
    })),
    ...rest,
  };
}

/** What is inferred of the first source beside the others, and the times (RFC 3339) that its stamps get. */
export function inferred(
  [source, ...others]: readonly [Observed, ...Observed[]],
  options: ClockOptions = {},
): Inferred & { times: string[] } {
  const found = inferClocks([source, ...others], options).get(source.source)!;
  const clock = new SourceClock(found.completion);
  const times = source.samples.map(({ outer, line }) => {
    clock.stamp(outer.kind, outer.text, line);
    return new Date(clock.us / 1000).toISOString().replace(".000Z", "Z");
  });
  return { ...found, times };
}
