import { describe, expect, it } from "@jest/globals";
import type { Fields } from "../../../src/model/event.js";
import { compileQuery, type Match } from "../../../src/rules/eql/matcher.js";
import { parseEql } from "../../../src/rules/eql/parse.js";
import { event } from "../events.js";

function matches(condition: string, fields: Fields): boolean {
  const parsed = parseEql(`any where ${condition}`);
  if ("errors" in parsed) throw new Error(`${condition}: ${parsed.errors[0]?.message}`);
  // The tree is plain JSON: what a build writes and reads again must do the same.
  const matcher = compileQuery(JSON.parse(JSON.stringify(parsed.query)));
  const found: Match[] = [];
  matcher.push(event("dns.query", 1, fields), (match) => found.push(match));
  return found.length > 0;
}

const FIELDS: Fields = {
  name: "Auth.Docker.io",
  port: 53,
  ratio: 2.5,
  ok: true,
  bad: false,
  empty: "",
  servers: ["10.0.0.1", "10.0.0.2"],
  ids: [7, 9],
  nothing: [],
  ip: "172.28.1.16",
  ip6: "2001:db8::5",
  "my-field": "x",
  path: "https://hub.test/v2/x/manifests/1",
  message: 'a "quoted"\tword\\',
};

/** Condition → whether it matches. Near-misses stand beside what they nearly are. */
const TABLE: [string, boolean][] = [
  ["true", true],
  ["false", false],
  ["ok", true],
  ["bad", false],
  ["absent", false],
  ["not absent", false],
  // Equality is exact in case and type.
  ['name == "Auth.Docker.io"', true],
  ['name == "auth.docker.io"', false],
  ['name != "auth.docker.io"', true],
  ["port == 53", true],
  ['port == "53"', false],
  ['port != "53"', false],
  ["port == 53.0", true],
  ["ok == true", true],
  ["bad == false", true],
  ['empty == ""', true],
  ['"Auth.Docker.io" == name', true],
  // Order: numbers by size, texts by code units.
  ["port > 52", true],
  ["port >= 53 and port <= 53", true],
  ["port < 53", false],
  ["ratio > 2", true],
  ['name > "Auth"', true],
  ['name < "Auth"', false],
  // A missing value is neither equal nor unequal.
  ['absent == "x"', false],
  ['absent != "x"', false],
  ['not (absent == "x")', false],
  ["absent > 1", false],
  ['absent in ("x")', false],
  ['absent not in ("x")', false],
  ["absent == null", true],
  ["absent != null", false],
  ["name == null", false],
  ["name != null", true],
  ["?absent == null", true],
  ["null == absent", true],
  ["nothing == null", true],
  ['absent == "x" or ok', true],
  ['absent == "x" and ok', false],
  ['not (absent == "x" and bad)', true],
  ['not (absent == "x" or ok)', false],
  ['absent like "*"', false],
  ['startsWith(absent, "x")', false],
  ['not startsWith(absent, "x")', false],
  ["absent + 1 == 1", false],
  // Lists match when any element does, and `!=` when none is equal.
  ['servers == "10.0.0.2"', true],
  ['servers == "10.0.0.3"', false],
  ['servers != "10.0.0.2"', false],
  ['servers != "10.0.0.3"', true],
  ['servers in ("10.0.0.2", "x")', true],
  ['servers not in ("x", "y")', true],
  ['servers like "*.2"', true],
  ['servers : "10.0.*"', true],
  ["ids > 8", true],
  ["ids > 9", false],
  ['cidrMatch(servers, "10.0.0.2/32")', true],
  ['arrayContains(servers, "10.0.0.9", "10.0.0.1")', true],
  ['arrayContains(servers, "10.0.0.9")', false],
  ["arrayLength(servers) == 2", true],
  ["arrayLength(ip) == 1", true],
  ["arrayLength(absent) == 0", false],
  ["ids == port - 44", true],
  // Look-ups.
  ["port in (53, 5353)", true],
  ["port in (80, 443)", false],
  ["port not in (80, 443)", true],
  ['name in ("auth.docker.io")', false],
  ['name in~ ("auth.docker.io")', true],
  ['name not in~ ("auth.docker.io")', false],
  // Wildcards: `:` and `like~` ignore case, `==` knows none.
  ['name : "auth.docker.io"', true],
  ['name : "auth.*"', true],
  ['name : "auth"', false],
  ['name : ("x", "*docker*")', true],
  ['name : "auth?docker?io"', true],
  ['name : "auth?io"', false],
  ["port : 53", true],
  ['port : "5?"', true],
  ['name like "Auth*"', true],
  ['name like "auth*"', false],
  ['name like~ "auth*"', true],
  ['name like ("x*", "*.io")', true],
  ['name == "Auth*"', false],
  ['path like "*/v2/*/manifests/*"', true],
  ['path like "*/v2/*/manifests"', false],
  ['path like "*v2*v2*"', false],
  // Regular expressions match the whole text.
  ['name regex "Auth"', false],
  ['name regex "Auth.*"', true],
  ['name regex "auth.*"', false],
  ['name regex~ "auth.*"', true],
  ['ip regex """\\d+(\\.\\d{1,3}){3}"""', true],
  ['ip regex """\\d+(\\.\\d{1,3}){4}"""', false],
  ['name regex ("x", "[A-Z][a-z]+(\\\\.[A-Za-z]+)*")', true],
  ['name regex "[^A]*"', false],
  // Arithmetic: integers divide to integers unless one is written with a point.
  ["port + 1 == 54", true],
  ["port - 3 * 10 == 23", true],
  ["(port - 3) * 10 == 500", true],
  ["port / 2 == 26", true],
  ["port / 2.0 == 26.5", true],
  ["port % 10 == 3", true],
  ["-port == -53", true],
  ["- port + 54 == 1", true],
  ["port / 0 == 1", false],
  ["port / 0 != 1", false],
  // Strings.
  ['message == "a \\"quoted\\"\\tword\\\\"', true],
  ['name == """Auth.Docker.io"""', true],
  ['message like """*"quoted"*\\"""', true],
  ['name == "\\u{41}uth.Docker.io"', true],
  [`"it\\'s" == "it's"`, true],
  ['name == "\\u{{0000041}}uth.Docker.io"', true],
  ['`my-field` == "x"', true],
  // Functions.
  ['startsWith(name, "Auth")', true],
  ['startsWith(name, "auth")', false],
  ['startsWith~(name, "auth")', true],
  ['endsWith(name, ".io")', true],
  ['endsWith~(name, ".IO")', true],
  ['stringContains(name, "Docker")', true],
  ['stringContains~(name, "DOCKER")', true],
  ["length(name) == 14", true],
  ['between(path, "//", "/") == "hub.test"', true],
  ['between(path, "//", "/", true) == "hub.test/v2/x/manifests"', true],
  ['between(path, "nowhere", "/") == ""', true],
  ['concat(ip, ":", port) == "172.28.1.16:53"', true],
  ['concat(ip, absent) == "x"', false],
  ['substring(name, 0, 4) == "Auth"', true],
  ['substring(name, -2) == "io"', true],
  ['indexOf(name, ".") == 4', true],
  ['indexOf(name, ".", 5) == 11', true],
  ['indexOf(name, "!") == null', true],
  ['number("12") == 12', true],
  ['number("1f", 16) == 31', true],
  ['number("0x1f", 16) == 31', true],
  ['number("twelve") == null', true],
  ['string(port) == "53"', true],
  ["add(port, 1) == 54 and subtract(port, 3) == 50 and multiply(port, 2) == 106", true],
  ["divide(port, 2) == 26 and modulo(port, 2) == 1", true],
  ['wildcard(name, "x*", "auth*")', false],
  ['wildcard~(name, "x*", "auth*")', true],
  ['match(name, """Auth\\..+""")', true],
  ['match~(name, "auth.+")', true],
  // Addresses.
  ['cidrMatch(ip, "172.16.0.0/12")', true],
  ['cidrMatch(ip, "172.29.0.0/16", "172.28.0.0/16")', true],
  ['cidrMatch(ip, "172.29.0.0/16")', false],
  ['cidrMatch(ip, "172.28.1.16")', true],
  ['cidrMatch(ip, "0.0.0.0/0")', true],
  ['cidrMatch(ip, "::/0")', false],
  ['cidrMatch(ip6, "2001:db8::/32")', true],
  ['cidrMatch(ip6, "2001:db9::/32")', false],
  ['cidrMatch(name, "0.0.0.0/0")', false],
  ['not cidrMatch(name, "0.0.0.0/0")', false],
  // Precedence: `not` binds tighter than `and`, `and` tighter than `or`.
  ["ok or bad and bad", true],
  ["(ok or bad) and bad", false],
  ["not bad and ok", true],
  ["not bad or bad", true],
  ["not (bad or ok)", false],
  ["not not ok", true],
  // Outer properties and comments.
  ['event.action == "dns.query"', true],
  ['event.category == "network"', true],
  ["@timestamp == 1000", true],
  ["ok /* a comment */ and // to the line's end\n port == 53", true],
];

describe("an EQL condition", () => {
  it.each(TABLE)("%s → %s", (condition, expected) => {
    expect(matches(condition, FIELDS)).toBe(expected);
  });

  it("asks for the category before `where`", () => {
    for (const [text, expected] of [
      ["network where true", 1],
      ["process where true", 0],
      ['"network" where true', 1],
      ["any where true", 1],
    ] as const) {
      const parsed = parseEql(text);
      if ("errors" in parsed) throw new Error(text);
      let count = 0;
      compileQuery(parsed.query).push(event("x", 1), () => {
        count += 1;
      });
      expect([text, count]).toEqual([text, expected]);
    }
  });
});
