import { analyze } from "../../src/index.js";

/** What one analysis did. Nothing here depends on the machine. */
export interface Counted {
  bytes: number;
  records: number;
  decoded: number;
  events: number;
  findings: number;
  /** Regular expressions that were run. */
  expressions: number;
  /** Strings that were made of bytes, and their bytes. */
  strings: number;
  stringBytes: number;
}

/** Counts calls of a method for as long as `run` takes. */
async function watching<Result>(
  owner: object,
  name: string,
  seen: (result: unknown) => void,
  run: () => Promise<Result>,
): Promise<Result> {
  const methods = owner as Record<string, (...args: unknown[]) => unknown>;
  const method = methods[name]!;
  methods[name] = function (this: unknown, ...args: unknown[]) {
    const result = method.apply(this, args);
    seen(result);
    return result;
  };
  try {
    return await run();
  } finally {
    methods[name] = method;
  }
}

/** Analyses the evidence in one thread and counts. What V8 does by itself (`split`, `replace` of texts) is not seen. */
export async function counted(path: string, options: { prefilter?: boolean } = {}): Promise<Counted> {
  const made = { expressions: 0, strings: 0, stringBytes: 0 };
  const expression = () => {
    made.expressions++;
  };
  const text = (result: unknown) => {
    made.strings++;
    made.stringBytes += (result as string).length;
  };
  let work: Omit<Counted, keyof typeof made> | undefined;
  const run = () =>
    analyze([path], {
      ...options,
      jobs: 1,
      stats: (stats) => {
        const { bytes, records, decoded, events, findings } = stats.work;
        work = { bytes, records, decoded, events, findings };
      },
    });
  await watching(RegExp.prototype, "exec", expression, () =>
    watching(RegExp.prototype, "test", expression, () =>
      watching(Buffer.prototype, "latin1Slice", text, () =>
        watching(Buffer.prototype, "utf8Slice", text, run),
      ),
    ),
  );
  return { ...work!, ...made };
}
