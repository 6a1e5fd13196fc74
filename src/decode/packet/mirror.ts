const CAPITALS = 0x20;

/**
 * Whether packet `b` goes the way of packet `a` back: addresses and ports are those of the other, exchanged.
 * @param ip where the IP header begins in `a`, and `ipB` in `b`; neither has options or extensions
 */
export function isMirrored(a: Uint8Array, ip: number, b: Uint8Array, ipB: number, v6: boolean): boolean {
  const from = ip + (v6 ? 8 : 12);
  const fromB = ipB + (v6 ? 8 : 12);
  const size = v6 ? 16 : 4;
  for (let i = 0; i < size; i++) {
    if (a[from + i] !== b[fromB + size + i] || a[from + size + i] !== b[fromB + i]) return false;
  }
  // The ports stand behind the addresses.
  const port = from + size * 2;
  const portB = fromB + size * 2;
  return (
    a[port] === b[portB + 2] &&
    a[port + 1] === b[portB + 3] &&
    a[port + 2] === b[portB] &&
    a[port + 3] === b[portB + 1]
  );
}

/** Whether two DNS questions of `size` bytes ask the same name, in letters of either case, and the same type and class. */
export function isSameQuestion(a: Uint8Array, at: number, b: Uint8Array, atB: number, size: number): boolean {
  for (let i = 0; i < size; i++) {
    if (a[at + i] !== b[atB + i] && !isSameLetter(a[at + i]!, b[atB + i]!)) return false;
  }
  return true;
}

/** Only ASCII letters have two cases (RFC 4343). A length octet is below 64: no letter. */
function isSameLetter(a: number, b: number): boolean {
  const small = a | CAPITALS;
  return small === (b | CAPITALS) && small >= 0x61 && small <= 0x7a;
}
