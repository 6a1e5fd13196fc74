/** A line that is written again and again may be packed as tightly as a bomb, but not so much of it (bytes). */
const LIKE_A_BOMB = { ratio: 1000, from: 4 * 2 ** 30 };

/** Do so many packed bytes give so many as only those of bombs do? */
export const isLikeBomb = (packed: number, unpacked: number): boolean =>
  unpacked > LIKE_A_BOMB.from && unpacked > LIKE_A_BOMB.ratio * packed;

export const BOMB = `it unpacks to more than ${LIKE_A_BOMB.ratio} times its length, as only bombs do`;
