import { hitCount } from "./hits";
import { length, lines } from "./lines";
import { chunk, ends, hits, odd } from "./memory";
import { oddCount } from "./odd";
import { match } from "./track-match";
import {
  changed,
  changedOf,
  changes,
  continuing,
  kinds,
  lengths,
  lengthsOfTexts,
  marks,
  numbers,
  offsets,
  lines as rowLines,
  sources,
  textLengths,
  texts,
  told,
  tracks,
  values,
} from "./track-memory";
import { compare, copy, forget, keep, mustMake, size, TEXT } from "./track-values";

/** The same numbers as in tracks.ts: why following ends, … */
const LINE: i32 = 0;
const VALUES: i32 = 1;
const ROOM: i32 = 2;
/** … room for rows, … */
const MOST_ROWS: i32 = 2048;
const MOST_CHANGES: i32 = 8192;
const MOST_TEXT: i32 = 128 << 10;
/** … and how a change is noted. */
const STORED_BITS: i32 = 2;
const STORED_NUMBER: i32 = 1;

const CARRIAGE_RETURN: u8 = 13;
const BLANK: u8 = 32;

/** How much of the rows holds. */
let rows: i32 = 0;
let changeCount: i32 = 0;
let textCount: i32 = 0;
let numberCount: i32 = 0;
let textBytes: i32 = 0;

/** The rows of a track have this kind from now on; -1: the next one is the host's to write. */
export function setKind(track: i32, kind: i32): void {
  const at = tracks + track * 12;
  store<i32>(at, kind, 8);
  if (kind < 0) forget(load<i32>(at), load<i32>(at, 4));
}

/** See `TrackFollower.follow` (tracks.ts). */
export function follow(from: i32, to: i32, firstLine: i32, firstOffset: f64): i32 {
  rows = changeCount = textCount = numberCount = textBytes = 0;
  const lastHit = hits + (hitCount << 2);
  let hit = firstFrom(beginOf(from), hits, hitCount);
  const lastOdd = odd + (oddCount << 2);
  let next = firstFrom(from, odd, oddCount);
  let lastRow: i32 = -1;
  let halt = LINE;
  let track: i32 = -1;
  let line = from;
  while (line < to) {
    let begin = beginOf(line);
    while (hit < lastHit && load<i32>(hit) < begin) hit += 4;
    while (next < lastOdd && load<i32>(next) < line) next += 4;
    let stop = to;
    if (hit < lastHit) {
      const at = load<i32>(hit);
      stop = line;
      while (stop < to && load<i32>(ends + (stop << 2)) < at) stop++;
    }
    if (next < lastOdd && load<i32>(next) <= stop) {
      stop = load<i32>(next);
      line = stop > line && mayContinue(stop) ? stop - 1 : stop;
      break;
    }
    line = stop;
    if (line >= to || mayContinue(line) || mayContinue(line + 1)) break;
    begin = beginOf(line);
    const end = load<i32>(ends + (line << 2));
    const isReturned = end > begin && load<u8>(chunk + end - 1) === CARRIAGE_RETURN;
    track = read(begin, isReturned ? end - 1 : end);
    if (track < 0) break;
    halt = write(track);
    if (halt !== LINE) break;
    note(track, firstLine + line, firstOffset + (begin as f64), end - begin);
    lastRow = line++;
  }
  tell(halt, track, lastRow);
  return line;
}

/** Where the first of `count` ascending numbers stands that is not less than one. */
function firstFrom(least: i32, at: usize, count: i32): usize {
  while (count > 0) {
    const half = count >> 1;
    const middle = at + (half << 2);
    if (load<i32>(middle) < least) {
      at = middle + 4;
      count -= half + 1;
    } else count = half;
  }
  return at;
}

function tell(halt: i32, track: i32, lastRow: i32): void {
  store<i32>(told, halt);
  store<i32>(told, track, 4);
  store<i32>(told, rows, 8);
  store<i32>(told, changeCount, 12);
  store<i32>(told, textCount, 16);
  store<i32>(told, numberCount, 20);
  store<i32>(told, textBytes, 24);
  store<i32>(told, lastRow, 28);
}

/** @returns the track that the text is a record of, and has all values for; -1: there is none */
function read(begin: i32, end: i32): i32 {
  if (end === begin || load<u8>(chunk + end - 1) <= BLANK) return -1;
  const track = match(chunk + begin, chunk + end);
  if (track < 0) return -1;
  const at = tracks + track * 12;
  return compare(load<i32>(at), load<i32>(at, 4)) ? track : -1;
}

/** Writes the changes of the record that was compared, if there are a kind for it and room, and nothing must be made. */
function write(track: i32): i32 {
  const at = tracks + track * 12;
  const first = load<i32>(at);
  const count = load<i32>(at, 4);
  if (load<i32>(at, 8) < 0 || mustMake || size > MOST_TEXT) {
    keep(first, count);
    return VALUES;
  }
  if (rows >= MOST_ROWS || changeCount + count > MOST_CHANGES || textBytes + size > MOST_TEXT) return ROOM;
  const before = changeCount;
  for (let i = 0; i < count; i++) if (load<u8>(changed + i)) change(i, sources + ((first + i) << 3));
  keep(first, count);
  store<i32>(changedOf + (rows << 2), changeCount - before);
  store<i32>(textLengths + (rows << 2), size);
  return LINE;
}

function change(i: i32, source: usize): void {
  const isText = load<i32>(source) === TEXT;
  store<i32>(changes + (changeCount << 2), (i << STORED_BITS) | (isText ? 0 : STORED_NUMBER));
  changeCount++;
  if (!isText) {
    store<u64>(numbers + (numberCount << 3), load<u64>(values + (i << 3)));
    numberCount++;
    return;
  }
  const mark = marks + (load<i32>(source, 4) << 2);
  const begin = load<i32>(mark);
  const bytes = load<i32>(mark, 4) - begin;
  copy(texts + textBytes, chunk + begin, bytes);
  textBytes += bytes;
  store<i32>(lengthsOfTexts + (textCount << 2), bytes);
  textCount++;
}

/** Ends a row: where its record lies. */
function note(track: i32, line: i32, offset: f64, bytes: i32): void {
  store<i32>(rowLines + (rows << 2), line);
  store<f64>(offsets + (rows << 3), offset);
  store<i32>(lengths + (rows << 2), bytes);
  store<i32>(kinds + (rows << 2), load<i32>(tracks + track * 12, 8));
  rows++;
}

function beginOf(line: i32): i32 {
  return line === 0 ? 0 : load<i32>(ends + ((line - 1) << 2)) + 1;
}

/** May the line continue the record before it? Behind the last line feed there may be nothing. */
function mayContinue(line: i32): bool {
  if (line > lines) return false;
  const begin = beginOf(line);
  return begin < length && load<u8>(continuing + load<u8>(chunk + begin)) !== 0;
}
