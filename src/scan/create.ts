import { Plan } from "./plan.js";
import { ReferenceScanner } from "./reference.js";
import type { Scanner } from "./scanner.js";
import { WasmScanner } from "./wasm.js";

/** Bytes of the largest chunk, if nothing else is said. */
export const CAPACITY = 4 << 20;

/** The kernel in WebAssembly, or its reference in JavaScript. */
export type ScannerKind = "wasm" | "js";

/**
 * Makes a scanner for some literals: the WebAssembly one, or its reference where that cannot run or is asked for, by `kind` or by
 * `HINDCAST_SCANNER=js` in the environment.
 * @param literals texts of one char per byte; the empty ones are ignored
 * @param options.capacity bytes of the largest chunk that is ever asked about
 * @param options.little so many bytes are looked at before tables are made for the literals; default: a few, where these cost more than they spare
 * @param options.instead a scanner that is used no more: its memory is taken over where it is large enough
 */
export function createScanner(
  literals: readonly string[],
  options: { capacity?: number; kind?: ScannerKind; little?: number; instead?: Scanner | undefined } = {},
): Scanner {
  const {
    capacity = CAPACITY,
    little,
    kind = process.env["HINDCAST_SCANNER"] === "js" ? "js" : "wasm",
  } = options;
  const instead = options.instead instanceof WasmScanner ? options.instead : undefined;
  const plan = new Plan(literals);
  if (kind === "js") return new ReferenceScanner(plan, capacity, little);
  try {
    return new WasmScanner(plan, capacity, instead, little);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return new ReferenceScanner(plan, capacity, little);
  }
}

/**
 * Did the machine refuse? Some forbid making code at run time, old ones have no SIMD, and where address space is limited V8 cannot reserve a
 * memory. The reference finds the same then, later.
 */
function isRefusal(error: unknown): boolean {
  return (
    typeof WebAssembly === "undefined" ||
    error instanceof WebAssembly.CompileError ||
    error instanceof RangeError
  );
}
