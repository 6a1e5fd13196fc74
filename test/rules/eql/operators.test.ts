import { describe, expect, it } from "@jest/globals";
import type { Fields } from "../../../src/model/event.js";
import type { Truth } from "../../../src/rules/eql/values.js";
import { event } from "../events.js";
import { evaluated, found, truthOf } from "./ask.js";

const FIELDS: Fields = {
  my_field: "Document",
  n: 3,
  "my-field": "hyphen",
  "my field": "blank",
  "6myfield": "digit",
  "my`field": "tick",
  "process.args_count": 3,
  yes: true,
  no: false,
};

/** By what Elastic's syntax reference says: condition and truth, `null` for neither. */
const DOCUMENTED: Record<string, [string, Truth | null][]> = {
  "< <= == != >= >": [
    ["n < 4", true],
    ["n < 3", false],
    ["n <= 3", true],
    ["n == 3", true],
    ["n != 3", false],
    ["n >= 3", true],
    ["n > 3", false],
    ['my_field >= "Doc"', true],
    ['my_field > "doc"', false],
    ['my_field == "document"', false],
    ['my_field == "Doc*"', false],
    ['my_field != "Doc*"', true],
    ["my_field == 3", null],
  ],
  "the case-insensitive :": [
    ['my_field : "document"', true],
    ['my_field : "doc*"', true],
    ['my_field : "doc"', false],
    ['my_field : ("x", "*MENT")', true],
    ['not my_field : "doc*"', false],
  ],
  "like and like~": [
    ['my_field like "Doc*"', true],
    ['my_field like "doc*"', false],
    ['my_field like~ "doc*"', true],
    ['my_field like "D?c?ment"', true],
    ['my_field like "D?ment"', false],
    ['my_field like ("x", "*ment")', true],
    ['my_field like~ ("x", "*MENT")', true],
    ['n like "3"', null],
  ],
  "regex and regex~": [
    ['my_field regex "Doc.*"', true],
    ['my_field regex "Doc"', false],
    ['my_field regex "doc.*"', false],
    ['my_field regex~ "doc[t-v]ment"', true],
    ['my_field regex ("x", "Docume?nt?")', true],
    ['my_field regex "Doc[^x]+"', true],
  ],
  "operators of regular expressions": [
    ['"abx" regex "ab."', true],
    ['"ab" regex "ab."', false],
    ['"ab" regex "abc?"', true],
    ['"abcc" regex "abc?"', false],
    ['"abb" regex "ab+"', true],
    ['"a" regex "ab+"', false],
    ['"a" regex "ab*"', true],
    ['"aaa" regex "a{3}"', true],
    ['"aa" regex "a{3}"', false],
    ['"aaaa" regex "a{2,4}"', true],
    ['"aaaaa" regex "a{2,}"', true],
    ['"xyz" regex "abc|xyz"', true],
    ['"abcxyz" regex "abc|xyz"', false],
    ['"abcdef" regex "abc(def)?"', true],
    ['"abcd" regex "abc(def)?"', false],
    ['"b" regex "[a-c]"', true],
    ['"-" regex "[-abc]"', true],
    ['"-" regex """[abc\\-]"""', true],
    ['"b" regex "[^a-c]"', false],
    ['"d" regex "[^a-c]"', true],
    ['"-" regex "[^-abc]"', false],
    ['"-" regex """[^abc\\-]"""', false],
    ['"john@corp.test" regex "\\"john@corp.test\\""', true],
    ['"johnXcorpYtest" regex "\\"john@corp.test\\""', false],
    ['"a.b.b" regex "a(\\".b\\")+"', true],
    ['"x@y" regex """x\\@y"""', true],
    ['"a\\\\b" regex "a\\\\\\\\b"', true],
    ['"a\\\\b" regex "\\"a\\\\b\\""', true],
    ['"" regex "\\"\\""', true],
  ],
  "in, in~, not in and not in~": [
    ['my_field in ("Document", "x")', true],
    ['my_field in ("document")', false],
    ['my_field in~ ("document")', true],
    ['my_field not in ("document")', true],
    ['my_field not in~ ("document")', false],
    ["n in (1, 2, 3)", true],
    ['n in ("3")', false],
    ["?absent in (1)", null],
    ["?absent not in (1)", null],
  ],
  "and, or, not with values that are missing": [
    ["yes and ?absent == 1", null],
    ["no and ?absent == 1", false],
    ["yes or ?absent == 1", true],
    ["no or ?absent == 1", null],
    ["not ?absent == 1", null],
    ["?absent != 1", null],
    ["?absent > 1", null],
    ["?absent", null],
    ["not (no and ?absent == 1)", true],
  ],
  null: [
    ["?absent == null", true],
    ["?absent != null", false],
    ["n == null", false],
    ["n != null", true],
    ["null == null", true],
    ["null != null", false],
    ["n > null", null],
    ["length(?absent) == null", true],
    ["null == (?absent > 1)", true],
    ["?absent == ?nowhere", true],
    ["?absent != ?nowhere", false],
    ["?absent == ?n", false],
    ["?n != ?absent", true],
    ["?n == ?n", true],
    ["?n != ?n", false],
    ["?absent < ?nowhere", null],
    ["absent == ?nowhere", null],
  ],
  arithmetic: [
    ["n + 2 == 5", true],
    ["n - 2 == 1", true],
    ["n * 2 == 6", true],
    ["n % 2 == 1", true],
    ["(4 / process.args_count) == 1", true],
    ["(4.0 / process.args_count) == 1", false],
    ["4 / (process.args_count * 1.0) == 1", false],
    ["-n + 5 == 2", true],
    ["n + ((1 + 3) * 2 / (3 - 1)) * 2 == 11", true],
    ["n / 0 == null", true],
    [".5 + 1. == 1.5", true],
  ],
  "escaped names": [
    ['`my-field` == "hyphen"', true],
    ['`my field` == "blank"', true],
    ['`6myfield` == "digit"', true],
    ['`my``field` == "tick"', true],
    ['?`my-field` == "hyphen"', true],
  ],
  strings: [
    ['"""a "quoted" word""" == "a \\"quoted\\" word"', true],
    ['"""""twice"" at both ends""""" == "\\"\\"twice\\"\\" at both ends\\"\\""', true],
    ['"""once"""" == "once\\""', true],
    ['"""""" == ""', true],
    ['"""back\\slash""" == "back\\\\slash"', true],
  ],
  "names of functions": [
    ['CONCAT("a", n) == "a3"', true],
    ['startswith~("Abc", "aB")', true],
  ],
  "words that are names elsewhere": [["?runs == null and ?with_runs == null", true]],
  times: [
    ['@timestamp >= "1970-01-01T00:00:01Z"', true],
    ['@timestamp < "1970-01-01T00:00:01Z"', false],
    ['@timestamp == "1970-01-01T03:00:01+03:00"', true],
    ['"1970" < @timestamp', true],
    ['@timestamp > "no time"', null],
    ["@timestamp == 1000", true],
    ["1000.5 > @timestamp", true],
    ['@timestamp in ("1970-01-01T00:00:01Z", 5)', true],
    ["@timestamp not in (1000)", false],
  ],
};

describe.each(Object.entries(DOCUMENTED))("%s", (_, rows) => {
  it.each(rows)("%s → %s", (condition, expected) => {
    expect(truthOf(condition, FIELDS)).toBe(expected);
  });
});

describe("strings", () => {
  it.each([
    ['"example \\r of \\" escaped \\n characters"', 'example \r of " escaped \n characters'],
    ['"\\t\\\\"', "\t\\"],
    ['"\\u{200f}\\u{200F}\\u{0000200f}"', "\u200f\u200f\u200f"],
    ['"\\u{1F600}"', "\u{1f600}"],
    [
      '"""Raw string with a literal double quote " and blackslash \\ included"""',
      'Raw string with a literal double quote " and blackslash \\ included',
    ],
    ['"String containing \\"\\"\\" three double quotes"', 'String containing """ three double quotes'],
  ])("%s", (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });
});

describe("wildcards", () => {
  it.each<[string, string[], string[]]>([
    ['my_field : "doc*"', ["doc", "docs", "document", "DOCUMENT"], ["DOS"]],
    ['my_field : "*doc"', ["adoc", "asciidoc"], ["docs"]],
    ['my_field : "d*c"', ["doc", "disc"], ["disco"]],
    ['my_field like "DOC*"', ["DOC", "DOCS", "DOCs", "DOCUMENT"], ["DOS", "doc"]],
    ['my_field like "D*C"', ["DOC", "DISC", "DisC"], ["Disc"]],
    ['my_field : "doc?"', ["docs"], ["doc", "document", "DOS"]],
    ['my_field : "?doc"', ["adoc"], ["asciidoc"]],
    ['my_field : "d?c"', ["doc"], ["disc"]],
    ['my_field like "DOC?"', ["DOCS", "DOCs"], ["DOC", "DOCUMENT", "DOS"]],
    ['my_field like "D?C"', ["DOC"], ["DISC"]],
  ])("%s", (condition, yes, no) => {
    for (const text of yes) expect([text, truthOf(condition, { my_field: text })]).toEqual([text, true]);
    for (const text of no) expect([text, truthOf(condition, { my_field: text })]).toEqual([text, false]);
  });
});

describe("the word before `where`", () => {
  const events = [
    event("x", 1, { id: 1 }, { category: "process" }),
    event("x", 2, { id: 2 }, { category: "my-event-category" }),
    event("x", 3, { id: 3 }, { category: "" }),
  ];
  it.each<[string, string[]]>([
    ["process where true", ["1"]],
    ["any where true", ["1", "2", "3"]],
    ['"my-event-category" where true', ["2"]],
    ['"""my-event-category""" where true', ["2"]],
    ["`my-event-category` where true", ["2"]],
    ["Process where true", []],
  ])("%s", (query, ids) => {
    expect(found(query, events)).toEqual(ids);
  });
});
