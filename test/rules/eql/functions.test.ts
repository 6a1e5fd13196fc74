import { describe, expect, it } from "@jest/globals";
import type { Fields } from "../../../src/model/event.js";
import { SIGNATURES } from "../../../src/rules/eql/signatures.js";
import type { Value } from "../../../src/rules/eql/values.js";
import { evaluated } from "./ask.js";

/** The fields that Elastic's examples speak of. */
const FIELDS: Fields = {
  "process.args_count": 4,
  "process.parent.args_count": 2,
  "file.path": "C:\\Windows\\System32\\cmd.exe",
  "file.name": "regsvr32.exe",
  "file.extension": ".exe",
  "process.name": "regsvr32.exe",
  "process.pid": "1337",
  "process.command_line": "start regsvr32.exe",
  "source.address": "192.168.152.12",
  "source.ip6": "2001:db8::5",
  "url.domain": "subdomain.example.com",
  list: ["en-US", "en"],
};

/** By function: expression and value, after https://www.elastic.co/docs/reference/query-languages/eql/eql-function-ref. */
const DOCUMENTED: Record<string, [string, Value | null][]> = {
  add: [
    ["add(4, 5)", 9],
    ["add(4, 0.5)", 4.5],
    ["add(0.5, 0.25)", 0.75],
    ["add(4, -2)", 2],
    ["add(-2, -2)", -4],
    ["add(process.args_count, 5)", 9],
    ["add(process.args_count, process.parent.args_count)", 6],
    ["add(null, 4)", null],
    ["add(process.args_count, null)", null],
    ["add(?absent, 4)", null],
  ],
  between: [
    ['between(file.path, "System32\\\\", ".exe")', "cmd"],
    ['between(file.path, "system32\\\\", ".exe")', ""],
    ['between(file.path, "workspace\\\\", ".exe")', ""],
    ['between~(file.path, "system32\\\\", ".exe")', "cmd"],
    ['between~(file.path, "SYSTEM32\\\\", ".EXE")', "cmd"],
    ['between(file.path, "\\\\", "\\\\", false)', "Windows"],
    ['between(file.path, "\\\\", "\\\\", true)', "Windows\\System32"],
    ['between("", "System32\\\\", ".exe")', ""],
    ['between("", "", "")', ""],
    ['between(null, "System32\\\\", ".exe")', null],
    ['between("welcome to event query language", " ", " ")', "to"],
    ['between("welcome to event query language", " ", " ", true)', "to event query"],
  ],
  cidrMatch: [
    ['cidrMatch(source.address, "192.168.0.0/16")', true],
    ['cidrMatch(source.address, "192.168.0.0/16", "10.0.0.0/8")', true],
    ['cidrMatch(source.address, "10.0.0.0/8")', false],
    ['cidrMatch(source.address, "10.0.0.0/8", "10.128.0.0/9")', false],
    ['cidrMatch(source.address, "0.0.0.0/0")', true],
    ['cidrMatch(source.address, "192.168.77.1/16")', true],
    ['cidrMatch(source.ip6, "2001:db8::/32")', true],
    ['cidrMatch(source.ip6, "10.0.0.0/8")', false],
    ['cidrMatch(null, "10.0.0.0/8")', null],
    ["cidrMatch(source.address, null)", null],
    ['cidrMatch(source.address, "192.168.0.0/16", null)', null],
  ],
  concat: [
    ['concat("process is ", "regsvr32.exe")', "process is regsvr32.exe"],
    ['concat("regsvr32.exe", " ", 42)', "regsvr32.exe 42"],
    ['concat("regsvr32.exe", " ", 42.5)', "regsvr32.exe 42.5"],
    ['concat("regsvr32.exe", " ", true)', "regsvr32.exe true"],
    ['concat("regsvr32.exe")', "regsvr32.exe"],
    ['concat(process.name, " ", process.args_count)', "regsvr32.exe 4"],
    ['concat(null, "regsvr32.exe")', null],
    ["concat(process.name, null)", null],
    ["concat(null)", null],
  ],
  divide: [
    ["divide(4, 2)", 2],
    ["divide(4, 3)", 1],
    ["divide(4, 3.0)", 4 / 3],
    ["divide(4, 0.5)", 8],
    ["divide(0.5, 4)", 0.125],
    ["divide(0.5, 0.25)", 2],
    ["divide(4, -2)", -2],
    ["divide(-4, -2)", 2],
    ["divide(process.args_count, 3)", 1],
    ["divide(process.args_count, 3.0)", 4 / 3],
    ["divide(12, process.args_count)", 3],
    ["divide(process.args_count, process.parent.args_count)", 2],
    ["divide(null, 4)", null],
    ["divide(4, null)", null],
    ["divide(4, 0)", null],
    ["divide(30, 4.0)", 7.5],
  ],
  endsWith: [
    ['endsWith("regsvr32.exe", ".exe")', true],
    ['endsWith("regsvr32.exe", ".EXE")', false],
    ['endsWith("regsvr32.exe", ".dll")', false],
    ['endsWith("", "")', true],
    ['endsWith~("regsvr32.exe", ".EXE")', true],
    ['endsWith("regsvr32.exe", file.extension)', true],
    ['endsWith("ntdll.dll", file.name)', false],
    ['endsWith("regsvr32.exe", null)', null],
    ['endsWith("", null)', null],
    ['endsWith(null, ".exe")', null],
    ["endsWith(null, null)", null],
  ],
  indexOf: [
    ['indexOf(url.domain, "d")', 3],
    ['indexOf(url.domain, "D")', null],
    ['indexOf(url.domain, ".")', 9],
    ['indexOf(url.domain, ".", 9)', 9],
    ['indexOf(url.domain, ".", 10)', 17],
    ['indexOf(url.domain, ".", -6)', 9],
    ['indexOf~(url.domain, "D")', 3],
    ['indexOf("", "")', 0],
    ['indexOf(url.domain, "")', 0],
    ['indexOf(url.domain, "", 9)', 9],
    ['indexOf(url.domain, "", 10)', 10],
    ['indexOf(url.domain, "", -6)', 0],
    ['indexOf(url.domain, "", 30)', null],
    ['indexOf(url.domain, "z")', null],
    ['indexOf(url.domain, "z", 9)', null],
    ['indexOf(url.domain, ".", 30)', null],
    ['indexOf(null, ".", 9)', null],
    ["indexOf(url.domain, null, 9)", null],
    ['indexOf(url.domain, ".", null)', null],
  ],
  length: [
    ['length("explorer.exe")', 12],
    ['length("start explorer.exe")', 18],
    ['length("")', 0],
    ["length(null)", null],
    ["length(process.name)", 12],
    ["length(process.args_count)", null],
  ],
  modulo: [
    ["modulo(10, 6)", 4],
    ["modulo(10, 5)", 0],
    ["modulo(10, 0.5)", 0],
    ["modulo(10, -6)", 4],
    ["modulo(-10, -6)", -4],
    ["modulo(106, process.args_count)", 2],
    ["modulo(null, 5)", null],
    ["modulo(7, null)", null],
    ["modulo(7, 0)", null],
  ],
  multiply: [
    ["multiply(2, 2)", 4],
    ["multiply(0.5, 2)", 1],
    ["multiply(0.25, 2)", 0.5],
    ["multiply(-2, 2)", -4],
    ["multiply(-2, -2)", 4],
    ["multiply(process.args_count, process.parent.args_count)", 8],
    ["multiply(null, 2)", null],
    ["multiply(2, null)", null],
  ],
  number: [
    ['number("1337")', 1337],
    ['number("42.5")', 42.5],
    ['number("deadbeef", 16)', 3735928559],
    ['number("0xdeadbeef")', 3735928559],
    ['number("0xdeadbeef", 16)', 3735928559],
    ['number("0xDECAFBAD", 16)', 0xdecafbad],
    ['number("+1337")', 1337],
    ['number("-1337")', -1337],
    ['number("  1337  ")', 1337],
    ["number(process.pid)", 1337],
    ["number(null)", null],
    ["number(null, 16)", null],
    ['number("0xdeadbeef", null)', 3735928559],
    ['number("1337", null)', 1337],
    ['number("31", 13)', 40],
    ['number("-0x10")', -16],
    ['number("0x10", 10)', null],
    ['number("")', null],
    ['number("- 5")', null],
    ['number("0b11")', null],
    ['number("1e999")', null],
    ['number("19", 8)', null],
    ['number("12", 99)', null],
    ['number("twelve")', null],
  ],
  startsWith: [
    ['startsWith("regsvr32.exe", "regsvr32")', true],
    ['startsWith("regsvr32.exe", "Regsvr32")', false],
    ['startsWith("regsvr32.exe", "explorer")', false],
    ['startsWith("", "")', true],
    ['startsWith~("regsvr32.exe", "Regsvr32")', true],
    ['startsWith(process.name, "regsvr32")', true],
    ['startsWith("explorer.exe", process.name)', false],
    ['startsWith("regsvr32.exe", null)', null],
    ['startsWith("", null)', null],
    ['startsWith(null, "regsvr32")', null],
    ["startsWith(null, null)", null],
  ],
  string: [
    ["string(42)", "42"],
    ["string(42.5)", "42.5"],
    ['string("regsvr32.exe")', "regsvr32.exe"],
    ["string(true)", "true"],
    ['string(cidrMatch(source.address, "192.168.0.0/16"))', "true"],
    ["string(null)", null],
  ],
  stringContains: [
    ['stringContains(process.command_line, "regsvr32")', true],
    ['stringContains(process.command_line, "Regsvr32")', false],
    ['stringContains(process.command_line, "start ")', true],
    ['stringContains(process.command_line, "explorer")', false],
    ['stringContains~(process.command_line, "Regsvr32")', true],
    ["stringContains(process.command_line, process.name)", true],
    ['stringContains("", "")', false],
    ['stringContains(process.command_line, "")', false],
    ['stringContains(null, "regsvr32")', null],
    ["stringContains(process.command_line, null)", null],
  ],
  substring: [
    ['substring("start regsvr32.exe", 6)', "regsvr32.exe"],
    ['substring("start regsvr32.exe", 0, 5)', "start"],
    ['substring("start regsvr32.exe", 6, 14)', "regsvr32"],
    ['substring("start regsvr32.exe", -4)', ".exe"],
    ['substring("start regsvr32.exe", -4, -1)', ".ex"],
    ['substring("event query language", 0, length("event"))', "event"],
    ['substring("event query language", -length("language"))', "language"],
    ['substring("start", 9)', ""],
    ['substring("start", 4, 2)', ""],
    ["substring(null, 1)", null],
    ['substring("start", 2, null)', "art"],
    ['substring("start", null, 2)', "st"],
    ['substring("start", null)', "start"],
    ['substring("start", "2")', null],
  ],
  subtract: [
    ["subtract(10, 2)", 8],
    ["subtract(10.5, 0.5)", 10],
    ["subtract(1, 0.2)", 0.8],
    ["subtract(-2, 4)", -6],
    ["subtract(-2, -4)", 2],
    ["subtract(process.args_count, process.parent.args_count)", 2],
    ["subtract(null, 2)", null],
    ["subtract(2, null)", null],
  ],
  wildcard: [
    ['wildcard(process.name, "*regsvr32*")', true],
    ['wildcard(process.name, "*regsvr32*", "*explorer*")', true],
    ['wildcard(process.name, "*explorer*")', false],
    ['wildcard(process.name, "*explorer*", "*scrobj*")', false],
    ['wildcard(process.name, "REGSVR*")', false],
    ['wildcard~(process.name, "REGSVR*")', true],
    ['wildcard("", "*start*")', false],
    ['wildcard("", "*")', true],
    ['wildcard("", "")', true],
    ['wildcard(null, "*regsvr32*")', null],
    ["wildcard(process.name, null)", null],
  ],
  // Endgame's (https://eql.readthedocs.io/en/latest/query-guide/functions.html), and the one that counts a list's values.
  arrayContains: [
    ['arrayContains(list, "en")', true],
    ['arrayContains(list, "de")', false],
    ['arrayContains(list, "de", "en")', true],
    ['arrayContains(list, "EN")', false],
    ['arrayContains~(list, "EN")', true],
    ['arrayContains(?absent, "en")', null],
  ],
  arrayLength: [
    ["arrayLength(list)", 2],
    ["arrayLength(process.name)", 1],
    ["arrayLength(?absent)", null],
  ],
  match: [
    ['match("event query language", "[a-z]+ [a-z]+ [a-z]+")', true],
    ['match("event query language", "[a-z]+")', false],
    ['match("event query language", "x", "event.*")', true],
    ['match("event query language", "EVENT.*")', false],
    ['match~("event query language", "EVENT.*")', true],
    ['match(null, ".*")', null],
    ["match(process.name, null)", null],
  ],
};

describe.each(Object.entries(DOCUMENTED))("the function %s", (_, rows) => {
  it.each(rows)("%s → %s", (expression, expected) => {
    const value = evaluated(expression, FIELDS);
    if (typeof expected === "number") expect(value).toBeCloseTo(expected, 12);
    else expect(value).toBe(expected);
  });
});

describe("the tests of functions", () => {
  it("leave none out", () => {
    expect(Object.keys(DOCUMENTED).sort()).toEqual(Object.keys(SIGNATURES).sort());
  });
});

describe("a function that ignores case", () => {
  it("keeps places, whatever a letter's other case is", () => {
    expect(evaluated('indexOf~("İİx", "X")')).toBe(2);
    expect(evaluated('between~("İ[Ab]", "[a", "]")')).toBe("b");
  });
});

describe("a function over a list", () => {
  it("holds when it does for any value", () => {
    expect(evaluated('startsWith(list, "en-")', FIELDS)).toBe(true);
    expect(evaluated('endsWith~(list, "us")', FIELDS)).toBe(true);
    expect(evaluated("length(list) == 2", FIELDS)).toBe(true);
  });
});
