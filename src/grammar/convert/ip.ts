/**
 * An address as inet_ntop(3) prints it (RFC 5952 for IPv6), without a zone; `undefined` when it is none.
 */
export function canonicalIp(text: string): string | undefined {
  return text.indexOf(":") < 0 ? ipv4(text) : ipv6(text);
}

/** Four numbers up to 255 with dots between; leading zeros are dropped. One pass, nothing made for a plain address. */
function ipv4(text: string): string | undefined {
  const { length } = text;
  if (length < 7 || length > 15) return undefined;
  let dots = 0;
  let digits = 0;
  let value = 0;
  let padded = false;
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c === 46) {
      if (digits === 0 || value > 255) return undefined;
      dots++;
      digits = 0;
      value = 0;
    } else {
      if (c < 48 || c > 57 || digits === 3) return undefined;
      if (digits > 0 && value === 0) padded = true;
      value = value * 10 + c - 48;
      digits++;
    }
  }
  if (dots !== 3 || digits === 0 || value > 255) return undefined;
  return padded ? text.split(".").map(Number).join(".") : text;
}

function ipv6(text: string): string | undefined {
  const zone = text.indexOf("%");
  let body = zone < 0 ? text : text.slice(0, zone);
  if (body.length > 45) return undefined;
  const colon = body.lastIndexOf(":");
  if (body.indexOf(".") > 0) {
    const last = ipv4(body.slice(colon + 1));
    if (last === undefined) return undefined;
    const [a, b, c, d] = last.split(".").map(Number);
    body = `${body.slice(0, colon + 1)}${((a! << 8) | b!).toString(16)}:${((c! << 8) | d!).toString(16)}`;
  }
  const groups = expand(body);
  return groups && format(groups);
}

function expand(body: string): number[] | undefined {
  const halves = body.split("::");
  if (halves.length > 2) return undefined;
  const read = (half: string) => (half === "" ? [] : half.split(":"));
  const head = read(halves[0]!);
  const tail = halves.length === 2 ? read(halves[1]!) : [];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined;
}

function format(groups: number[]): string {
  // IPv4-mapped addresses keep their dotted end, as inet_ntop prints them.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${groups[6]! >> 8}.${groups[6]! & 255}.${groups[7]! >> 8}.${groups[7]! & 255}`;
  }
  let best = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > length) [best, length] = [i, end - i];
    if (end > i) i = end;
  }
  const hex = groups.map((group) => group.toString(16));
  if (best < 0) return hex.join(":");
  return `${hex.slice(0, best).join(":")}::${hex.slice(best + length).join(":")}`;
}
