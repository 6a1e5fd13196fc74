// Writers of stamps, for Block.place. All are UTC; each remembers its last second, as neighbours mostly share it.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A writer of a text for the second and, behind it, `digits` digits of its fraction. */
function stamp(digits, textOf) {
  let second = Number.NaN;
  let text = Buffer.alloc(0);
  const length = textOf(new Date(0)).length + digits;
  const unit = 10 ** (6 - digits);
  return {
    length,
    write(bytes, at, us) {
      const now = Math.floor(us / 1e6);
      if (now !== second) {
        second = now;
        text = Buffer.from(textOf(new Date(now * 1000)), "latin1");
      }
      for (let i = 0; i < text.length; i++) bytes[at + i] = text[i];
      let fraction = Math.floor((us - now * 1e6) / unit);
      for (let i = at + length - 1; i >= at + length - digits; i--) {
        bytes[i] = 48 + (fraction % 10);
        fraction = Math.floor(fraction / 10);
      }
    },
  };
}

const iso = (date) => date.toISOString();
const day = (date) => String(date.getUTCDate());

/** `Mar  2 10:00:00`, as syslog and the journal's short form have it. */
export const SHORT = stamp(
  0,
  (date) => `${MONTHS[date.getUTCMonth()]} ${day(date).padStart(2)} ${iso(date).slice(11, 19)}`,
);
/** `2026-03-02T10:00:00.123456` */
export const ISO = stamp(6, (date) => `${iso(date).slice(0, 19)}.`);
/** `02/Mar/2026:10:00:00 +0000`, of access logs. */
export const ACCESS = stamp(
  0,
  (date) =>
    `${day(date).padStart(2, "0")}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${iso(date).slice(11, 19)} +0000`,
);
/** `10:00:00.123456`: strace -tt. */
export const TIME_OF_DAY = stamp(6, (date) => `${iso(date).slice(11, 19)}.`);
/** `1772445600.123456`: strace -ttt. */
export const EPOCH = stamp(6, (date) => `${String(Math.floor(date.getTime() / 1000)).padStart(10, "0")}.`);

/** Seconds and µs, 32 bits each, little-endian: the head of a record in a pcap file. */
export const PCAP = {
  length: 8,
  write(bytes, at, us) {
    bytes.writeUInt32LE(Math.floor(us / 1e6), at);
    bytes.writeUInt32LE(us % 1e6, at + 4);
  },
};

/** A 16-bit number (big-endian) that is `id` in the first copy and another in each further one: a DNS transaction id. */
export const id16 = (id) => ({
  length: 2,
  write(bytes, at, _us, copy) {
    bytes.writeUInt16BE((id + copy * 7919) & 0xffff, at);
  },
});
