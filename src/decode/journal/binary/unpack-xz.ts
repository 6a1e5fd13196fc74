import { CONTEXT, type XzModule } from "../../../evidence/xz-module.js";

const ENDED = 1;

/** Unpacks an xz stream into `target`. @returns how many bytes; `undefined`: it is damaged, or there is no room for it */
export function unpackXz(xz: XzModule, stream: Uint8Array, target: Uint8Array): number | undefined {
  const context = xz.create_context();
  try {
    let [from, to] = [0, 0];
    for (;;) {
      // The memory may have grown, and be another.
      let numbers = new Uint32Array(xz.memory.buffer, context, CONTEXT.count);
      const isFed = from === stream.length;
      if (numbers[CONTEXT.inputAt] === numbers[CONTEXT.inputSize]) {
        const part = stream.subarray(from, from + numbers[CONTEXT.bufferSize]!);
        new Uint8Array(xz.memory.buffer, numbers[CONTEXT.input]).set(part);
        xz.supply_input(context, part.length);
        from += part.length;
      }
      const result = xz.get_next_output(context);
      if (result !== 0 && result !== ENDED) return undefined;
      numbers = new Uint32Array(xz.memory.buffer, context, CONTEXT.count);
      const count = numbers[CONTEXT.outputAt]!;
      // It may say only when it is asked once more that the stream has ended.
      if (to + count > target.length || (isFed && count === 0 && result !== ENDED)) return undefined;
      target.set(new Uint8Array(xz.memory.buffer, numbers[CONTEXT.output], count), to);
      to += count;
      numbers[CONTEXT.outputAt] = 0;
      if (result === ENDED) return to;
    }
  } finally {
    xz.destroy_context(context);
  }
}
