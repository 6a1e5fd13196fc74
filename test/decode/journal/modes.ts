/** An entry's fields in order; bytes for what is no plain text. */
export type Entry = readonly (readonly [name: string, value: string | Buffer])[];

const isPlain = (value: string | Buffer): value is string =>
  typeof value === "string" && !/[\x00-\x08\x0b-\x1f\x7f]/.test(value);

function jsonOf(entry: Entry): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, value] of entry) {
    const one = isPlain(value) ? value : [...Buffer.from(value as Buffer)];
    const before = object[name];
    object[name] = before === undefined ? one : Array.isArray(before) ? [...before, one] : [before, one];
  }
  return object;
}

function exportOf(entry: Entry): Buffer {
  const parts = entry.map(([name, value]) => {
    if (isPlain(value) && !value.includes("\n")) return Buffer.from(`${name}=${value}\n`);
    const bytes = Buffer.from(value as string);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(bytes.length));
    return Buffer.concat([Buffer.from(`${name}\n`), length, bytes, Buffer.from("\n")]);
  });
  return Buffer.concat([...parts, Buffer.from("\n")]);
}

function verboseOf(entry: Entry): string {
  const field = (name: string) => String(entry.find(([known]) => known === name)?.[1]);
  const time = new Date(Number(field("__REALTIME_TIMESTAMP")) / 1000).toISOString();
  const lines = entry
    .filter(([name]) => !name.startsWith("__"))
    .map(([name, value]) => {
      const text = isPlain(value) ? value : `[${value.length}B blob data]`;
      return `    ${name}=${text.replaceAll("\n", `\n${" ".repeat(name.length + 5)}`)}`;
    });
  return `Sun ${time.slice(0, 10)} ${time.slice(11, 23)}000 MSK [${field("__CURSOR")}]\n${lines.join("\n")}\n`;
}

/** One journal as journalctl's modes print it. */
export function printed(entries: readonly Entry[]): Record<string, Buffer> {
  const json = entries.map((entry) => JSON.stringify(jsonOf(entry)));
  const pretty = entries.map((entry) =>
    JSON.stringify(jsonOf(entry), null, "\t").replace(/^(\t"\w+"): /gm, "$1 : "),
  );
  const text = (parts: readonly string[]) => Buffer.from(parts.join(""));
  return {
    json: text(json.map((line) => `${line}\n`)),
    "json-pretty": text(pretty.map((block) => `${block}\n`)),
    "json-sse": text(json.map((line) => `data: ${line}\n\n`)),
    "json-seq": text(json.map((line) => `\x1e${line}\n`)),
    "json through jq": text(entries.map((entry) => `${JSON.stringify(jsonOf(entry), null, 2)}\n`)),
    "json through jq --slurp": Buffer.from(`${JSON.stringify(entries.map(jsonOf), null, 2)}\n`),
    export: Buffer.concat(entries.map(exportOf)),
    verbose: text(entries.map(verboseOf)),
  };
}
