import type { CstNode } from "chevrotain";
import { bytesOf } from "../bytes.js";
import type { GivenEvent, SampleDef } from "./ast.js";
import { nodes, type PieceReader, placeOf, tokens } from "./ast-pieces.js";

/** Reads `sample` and `reject` statements. */
export class SampleReader {
  constructor(private readonly pieces: PieceReader) {}

  read(node: CstNode, reject: boolean): SampleDef | undefined {
    const record = nodes(node, "recordText")[0];
    const first = tokens(record, "Text")[0] ?? tokens(record, "RawLine")[0];
    if (!first) return undefined;
    const before = nodes(node, "before")[0];
    const [own, ...also] = nodes(node, "given").flatMap((each) => this.given(each) ?? []);
    return {
      text: this.linesOf(record),
      reject,
      at: placeOf(first),
      ...(before && { before: this.linesOf(before) }),
      ...own,
      ...(also.length > 0 && { also }),
    };
  }

  /** The text of quoted or raw lines, as bytes. */
  private linesOf(node: CstNode | undefined): string {
    const quoted = tokens(node, "Text").map((each) => this.pieces.bytes(each));
    const raw = tokens(node, "RawLine").map((each) => bytesOf(each.image.slice(2)));
    return [...quoted, ...raw].join("\n");
  }

  /** What stands behind an arrow. */
  private given(node: CstNode): GivenEvent | undefined {
    const event = tokens(node, "Ident")[0];
    if (!event) return undefined;
    const given: GivenEvent = { event: event.image };
    const fields = nodes(node, "fields")[0];
    if (!fields) return given;
    given.fields = {};
    for (const each of nodes(fields, "field")) {
      const field = tokens(each, "Ident")[0];
      const value = this.pieces.value(nodes(each, "value")[0]);
      if (field && value !== undefined) given.fields[field.image] = value;
    }
    return given;
  }
}
