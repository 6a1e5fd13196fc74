/** IP addresses and CIDR blocks (RFC 4632, RFC 4291), with no regular expression on the evidence. */

/** An address as its bytes: 4 or 16; IPv4-mapped IPv6 (`::ffff:a.b.c.d`) as 4. `undefined` when it is none. */
export function addressBytes(text: string): number[] | undefined {
  if (text.length > 60) return undefined;
  const bare = text.split("%", 1)[0]!;
  if (!bare.includes(":")) return ipv4(bare);
  const halves = bare.split("::");
  if (halves.length > 2) return undefined;
  const head = groups(halves[0]!);
  const tail = halves.length === 2 ? groups(halves[1]!) : [];
  if (head === undefined || tail === undefined) return undefined;
  const gap = 16 - head.length - tail.length;
  if (halves.length === 2 ? gap < 2 : gap !== 0) return undefined;
  const bytes = [...head, ...new Array<number>(gap).fill(0), ...tail];
  const mapped = bytes.slice(0, 10).every((b) => b === 0) && bytes[10] === 255 && bytes[11] === 255;
  return mapped ? bytes.slice(12) : bytes;
}

function ipv4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const bytes = parts.map((part) =>
    part.length > 0 && part.length < 4 && isDigits(part) ? Number(part) : 256,
  );
  return bytes.every((byte) => byte < 256) ? bytes : undefined;
}

function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text[i]! < "0" || text[i]! > "9") return false;
  return true;
}

/** `2001:db8` → its bytes; an IPv4 tail (`::ffff:1.2.3.4`) counts as two groups. */
function groups(text: string): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (part.includes(".") && index === parts.length - 1) {
      const four = ipv4(part);
      if (four === undefined) return undefined;
      bytes.push(...four);
      continue;
    }
    if (part.length === 0 || part.length > 4) return undefined;
    const value = Number(`0x${part}`);
    if (!Number.isInteger(value)) return undefined;
    bytes.push(value >> 8, value & 255);
  }
  return bytes.length > 16 ? undefined : bytes;
}

/**
 * A test for membership in a block such as `172.16.0.0/12` or `fd00::/8`; an address alone is a block of one.
 * `undefined` when the text is no block.
 */
export function compileBlock(text: string): ((bytes: readonly number[]) => boolean) | undefined {
  const [address, length, ...more] = text.split("/");
  const base = addressBytes(address ?? "");
  if (base === undefined || more.length > 0) return undefined;
  const size = base.length * 8;
  if (length !== undefined && (!isDigits(length) || length === "")) return undefined;
  const bits = length === undefined ? size : Number(length);
  if (bits > size) return undefined;
  return (bytes) => {
    if (bytes.length !== base.length) return false;
    for (let i = 0, left = bits; left > 0; i += 1, left -= 8) {
      const mask = left >= 8 ? 255 : 256 - 2 ** (8 - left);
      if ((bytes[i]! & mask) !== (base[i]! & mask)) return false;
    }
    return true;
  };
}
