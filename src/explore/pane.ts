import type { Page } from "../report/page.js";
import { displayWidth, padEnd } from "../report/width.js";
import type { Filter } from "./filter.js";
import { type Line, type Style, span, textOf } from "./line.js";
import type { Subject } from "./subject.js";
import type { Target } from "./target.js";

/** A line of a pane, and what opens when it is chosen. */
export interface Row {
  line: Line;
  target?: Target;
  /** What is searched, where the line shows less of it. */
  find?: string;
  /** A paragraph begins here. */
  begins?: true;
  /** What the filter becomes when this row is chosen, and when only what it names shall be shown. */
  filter?: Filter;
  only?: Filter;
}

/** Lines to move over, one of which is chosen. */
export interface Pane {
  title: string;
  rows: readonly Row[];
}

/** What panes are made from: the same gives the same. `page` knows the room and shows foreign text harmlessly. */
export interface Look {
  subject: Subject;
  page: Page;
  filter: Filter;
}

export const soughtIn = ({ find, line }: Row): string => find ?? textOf(line);

/** Collects the rows of a pane that is read from top to bottom. */
export class Sheet {
  readonly rows: Row[] = [];

  constructor(private readonly page: Page) {}

  /** A blank line, but not two of them, and none at the top. */
  blank(): void {
    const last = this.rows.at(-1);
    if (last && last.line.length > 0) this.rows.push({ line: [] });
  }

  heading(title: string, note = "", target?: Target): void {
    this.blank();
    const room = this.page.width - title.length - 2;
    this.rows.push({
      line: [span(title, "bold"), ...(note === "" ? [] : [span(`  ${this.page.fit(note, room)}`, "dim")])],
      begins: true,
      ...(target && { target }),
    });
  }

  /** Text in as many lines as it needs, of one look and with one target. */
  text(
    text: string,
    indent: number,
    options: { styles?: Style[]; target?: Target; first?: string } = {},
  ): void {
    const { styles = [], target, first = "" } = options;
    this.page.block(text, indent, ENDLESS).forEach((line, i) => {
      const words = line.slice(indent);
      const lead = i === 0 ? padEnd(first, indent) : " ".repeat(indent);
      this.rows.push({ line: [span(lead), span(words, ...styles)], ...(target && { target }) });
    });
  }

  bullets(texts: readonly string[]): void {
    for (const text of texts) this.text(text, 4, { first: `  ${this.page.glyph.bullet}` });
  }

  /** Something else that can be opened. */
  link(text: string, target: Target): void {
    const first = `  ${this.page.glyph.arrow} `;
    this.text(text, displayWidth(first), { first, target });
  }

  /** Names and values under each other. Empty values are left out. */
  facts(facts: readonly (readonly [name: string, value: string])[]): void {
    const told = facts.flatMap(([name, value]) =>
      value === "" ? [] : [[this.page.fit(name, 24), value] as const],
    );
    const indent = 4 + Math.max(0, ...told.map(([name]) => displayWidth(name)));
    for (const [name, value] of told) this.text(value, indent, { first: `  ${name}` });
  }

  line(line: Line, more: Omit<Row, "line"> = {}): void {
    this.rows.push({ line, ...more });
  }
}

/** No text has more lines: what evidence says is cut long before. */
const ENDLESS = 10_000;
