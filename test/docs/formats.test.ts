import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { areaTitle, catalogueOf } from "../../src/cli/formats/catalogue.js";
import { formatsCommand } from "../../src/cli/formats/commands.js";
import { sheetText, typeWords } from "../../src/cli/formats/sheet.js";
import { descriptions } from "../../src/decode/descriptions/index.js";
import { decoderOf } from "../../src/decode/descriptions/read-sample.js";
import { sheetOfDecoder } from "../../src/decode/descriptions/sheet.js";
import { decodedEnvelopes } from "../../src/decode/envelopes.js";
import { grammarFiles } from "../../src/grammar/build.js";
import { type FormatSheet, sheetOf } from "../../src/grammar/sheet.js";

const root = path.join(import.meta.dirname, "../..");
const page = path.join(root, "docs/FORMATS.md");

const ofGrammars = grammarFiles(path.join(root, "grammars")).map((file) => sheetOf(file)!);
const sheets = new Map<string, FormatSheet>(
  [...ofGrammars, ...descriptions.map(sheetOfDecoder)].map((sheet) => [sheet.name, sheet]),
);

/** Longer samples are cut: the page is to be read. */
const MOST_LINES = 12;
const MOST_COLUMNS = 200;

const code = (text: string) => `\`${text.replaceAll("|", "\\|")}\``;

function sampleOf({ text }: { text: string }): string {
  const lines = text
    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .split("\n");
  const shown = lines
    .slice(0, MOST_LINES)
    .map((line) => (line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS)}…` : line));
  if (lines.length > MOST_LINES) shown.push("…");
  return `\n\`\`\`\`text\n${shown.join("\n")}\n\`\`\`\`\n`;
}

function section({ name, title, about, commands, set, events, sample, layer }: FormatSheet): string {
  const always = Object.entries(set).map(([field, value]) => code(`${field}: ${value}`));
  const rows = events.map(
    (event) =>
      `| \`${event.name}\` | ${event.fields.map((field) => `\`${field.name}\` ${typeWords(field).replaceAll("|", "\\|")}`).join(", ")} |\n`,
  );
  return [
    `### ${name}\n\n**${title}.** ${about}\n`,
    commands.length > 0 ? `\nComes from: ${commands.map(code).join(", ")}\n` : "",
    rows.length > 0
      ? `\n| event${layer === "decoder" ? " of the sample" : ""} | fields |\n|---|---|\n${rows.join("")}`
      : "",
    always.length > 0 ? `\nAll: ${always.join(", ")}\n` : "",
    sample ? sampleOf(sample) : "",
  ].join("");
}

function document(): string {
  const areas = [...catalogueOf(ofGrammars)].map(
    ([area, members]) =>
      `## ${areaTitle(area)}\n\n${members.map(({ name }) => section(sheets.get(name)!)).join("\n")}`,
  );
  return `# Formats

What hindcast understands, by area: what it is, where it comes from, its events with their fields, a sample. \`hindcast formats NAME\` tells the same. Formats are told apart by their content, never by the names of files.
What the fields mean is in [FIELDS.md](FIELDS.md); how to write a format of your own, in [GRAMMARS.md](GRAMMARS.md).

<!-- written by test/docs/formats.test.ts with UPDATE_GOLDEN=1 -->

${areas.join("\n")}`;
}

describe("every format tells people what it is", () => {
  it.each([...sheets.values()].map((sheet) => [sheet.name, sheet] as const))("%s", (_, sheet) => {
    expect(sheet.title).not.toBe("");
    // A sentence or more.
    expect(sheet.about).toMatch(/^\S[\s\S]{20,}[.]$/);
    expect(sheet.commands.length).toBeGreaterThan(0);
    for (const command of sheet.commands) expect(command).toMatch(/^\S(?:.*\S)?$/);
    if (sheet.layer !== "values") for (const { fields } of sheet.events) expect(fields).toBeDefined();
  });

  it("decoders too, by the titles that reports show", () => {
    const titles = new Map(descriptions.map(({ name, title }) => [name, title]));
    for (const { name, title } of decodedEnvelopes) expect([name, titles.get(name)]).toEqual([name, title]);
    for (const description of descriptions) {
      const { name, title, sample, like } = description;
      expect(sample === undefined ? descriptions.some((each) => each.name === like) : sample !== "").toBe(
        true,
      );
      const decoder = sample !== undefined && decoderOf(description);
      if (decoder) expect({ name: decoder.name, title: decoder.title }).toEqual({ name, title });
    }
  });

  it("under names that are no words of the command", () => {
    const words = formatsCommand().commands.map((command) => command.name());
    expect(words.length).toBeGreaterThan(1);
    for (const name of sheets.keys()) expect(words).not.toContain(name);
  });
});

describe("a format's sheet", () => {
  it("shows what a grammar says: types, values that are fixed, a sample and how it is read", () => {
    const text = `
grammar  door  "the door controller's log"
about    "What the door controller writes."
command  "doorctl log"
layer    envelope
set      { event.dataset = "door" }
event door.state
  = @timestamp:EPOCH " " door.name:WORD " is " ("open" [door.open = true] | "ajar" [door.open = true] [door.why = "wind"]) " for " event.duration:DURATION " by " door.user:ENDPOINT
event door.state = "(" door.why:WORD ")" rest
sample "1795319192.5 north is ajar for 2s by 192.0.2.7:80"
reject "north"
`;
    expect(
      sheetText(sheetOf({ file: "own/house/door.grammar", text })!),
    ).toBe(`door: the door controller's log

What the door controller writes.
It frames and stamps records; what they say may be read by other formats.

Comes from
  doorctl log

Every event has
  event.dataset: door

Events and their fields
  door.state
    @timestamp         stamp (epoch)
    door.name          text
    door.open          true or false (true)
    door.why           text
    event.duration     nanoseconds
    door.user.ip       address
    door.user.address  text
    door.user.port     number

Sample
  1795319192.5 north is ajar for 2s by 192.0.2.7:80
is read as door.state
  @timestamp: 1795319192.5
  @timestamp.kind: epoch
  door.name: north
  door.open: true
  door.why: wind
  event.duration: 2000000000
  door.user.ip: 192.0.2.7
  door.user.port: 80

Described in own/house/door.grammar
`);
  });

  it("of a capture shows its bytes", () => {
    const { text, event } = sheets.get("pcap")!.sample!;
    expect(text).toMatch(/^0000 {2}d4 c3 b2 a1 /);
    expect(event).toBe("dns.query");
  });
});

describe("docs/FORMATS.md", () => {
  it("is what the formats say of themselves (UPDATE_GOLDEN=1 rewrites it)", () => {
    if (process.env["UPDATE_GOLDEN"]) fs.writeFileSync(page, document());
    expect(fs.readFileSync(page, "utf8")).toBe(document());
  });
});
