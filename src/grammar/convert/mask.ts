/** `255.255.240.0` is 20; a mask with holes has no length. */
export function prefixLength(mask: string): number | undefined {
  const octets = mask.split(".").map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet <= 255))) return undefined;
  return ones(octets.reduce((sum, octet) => sum * 256 + octet, 0));
}

/** How many ones a mask of 32 bits begins with, if it has none behind them. */
export function ones(mask: number): number | undefined {
  const length = 32 - Math.log2(2 ** 32 - mask);
  return Number.isInteger(length) ? length : undefined;
}
