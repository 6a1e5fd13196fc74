/**
 * What may stand before the payload, each followed by a blank: `[bad udp cksum 0x0c4b -> 0xf2e5!]`, `[udp sum ok]`, and
 * IPv6 extension headers: `HBH (rtalert: 0x0000) (padn)`, `frag (0|1448)`, `DSTOPT`.
 */
const BEFORE = /^(?:\[[a-z0-9]{1,12} [^\]\n]{1,60}\]|HBH|DSTOPT|srcrt|frag|\([^()\n]{1,80}\))? /;
const MAX_BEFORE = 24;

/** The text behind checksums and extension headers. */
export function payloadText(text: string): string {
  let payload = text;
  for (let i = 0; i < MAX_BEFORE; i++) {
    const before = BEFORE.exec(payload);
    if (before === null) break;
    payload = payload.slice(before[0].length);
  }
  return payload;
}
