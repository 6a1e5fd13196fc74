import { describe, expect, it } from "@jest/globals";
import type { Fields } from "../../../src/model/event.js";
import { loadRules } from "../../../src/rules/load.js";
import { importSigma } from "../../../src/rules/sigma/import.js";
import { event } from "../events.js";
import { judge } from "../rules.js";

const sigma = (detection: string, more = "") =>
  `title: A test rule\nlogsource: {category: test}\n${more}detection:\n${detection.replace(/^/gm, "  ")}\n`;
const imported = (text: string) => importSigma("test.yml", text);
function ruleOf(text: string) {
  const { rules, lost } = imported(text);
  expect(lost).toEqual([]);
  const loaded = loadRules(rules.map(({ id, text: made }) => ({ file: `${id}.yaml`, text: made })));
  expect(loaded.problems.map(String)).toEqual([]);
  return loaded.rules[0]!;
}
/** Does the rule find an event with these fields? */
const finds = (text: string, fields: Fields) =>
  judge(ruleOf(text), [event("any", 1, fields)]).findings.length > 0;
const selection = (item: string) => sigma(`selection:\n  ${item}\ncondition: selection`);

describe("values and modifiers of Sigma", () => {
  it.each<[string, unknown, unknown]>([
    // As the specification has it: texts ignore case, `*` and `?` are wildcards.
    ["f: Value", "vALUE", "value2"],
    ["f: 'prog?.exe'", "progA.EXE", "prog.exe"],
    ["f: 'anti*_V2'", "antivirus_v2", "antivirus"],
    ["f: '\\*x'", "*X", "ax"],
    ["f: 'a\\b'", "a\\b", "ab"],
    ["f: 'a\\\\\\\\b'", "a\\\\b", "a\\b"],
    ["f: 'a\\\\*'", "a\\xyz", "axyz"],
    ["f: [a, b]", "B", "c"],
    ["f: 517", 517, 518],
    ["f: ''", "", "x"],
    ["f|contains: ell", "hELLo", "help"],
    ["f|startswith: he", "Hello", "she"],
    ["f|endswith: '\\cmd.exe'", "C:\\CMD.exe", "cmd.exe"],
    ["f|contains|all: [a, b]", "xbxa", "xbx"],
    ["f|contains: 'what?'", "so whats up", "so what"],
    ["f|contains: 'what\\?'", "so what? up", "so whats up"],
    ["f|cased: Value", "Value", "value"],
    ["f|contains|cased: Val", "aValue", "avalue"],
    ["f|re: 'a[0-9]+'", "xxa17xx", "xxa"],
    ["f|re: '^a.c$'", "abc", "xabc"],
    ["f|re: 'A|B'", "xBx", "xbx"],
    [`f|re: 'a"b'`, 'xa"bx', "xabx"],
    [`f|re: '["@]\\@b~$'`, 'x"@b~', "x@b~"],
    [`f|contains: 'a?"b@'`, 'xa-"b@x', "xa-b@x"],
    ["f|re|i: '^ab'", "ABc", "xab"],
    ["f|cidr: 10.0.0.0/8", "10.1.2.3", "11.1.2.3"],
    ["f|gt: 5", 6, 5],
    ["f|gte: 5", 5, 4],
    ["f|lt: 5", 4, 5],
    ["f|lte: 5", 5, 6],
    ["f|base64: foobar", "Zm9vYmFy", "foobar"],
    ["f|base64|contains: foobar", "x Zm9vYmFy y", "Zm9vYm"],
    ["f|wide|base64|contains: foo", `x${Buffer.from("foo", "utf16le").toString("base64")}`, "Zm9v"],
    ["f|windash|contains: ' -enc '", "x /enc y", "x enc y"],
    ["f|neq: a", "b", "A"],
    ["f|exists: true", "anything", undefined],
    ["f|exists: false", undefined, "anything"],
    ["f: null", undefined, "anything"],
    ["f|contains: 40", 1404, 144],
  ])("%s", (item, fits, does_not) => {
    const as = (value: unknown) => (value === undefined ? {} : { f: value as string });
    expect([finds(selection(item), as(fits)), finds(selection(item), as(does_not))]).toEqual([true, false]);
  });

  it("finds text in Base64 at any offset", () => {
    const text = selection("f|base64offset|contains: http://evil.test/");
    for (const before of ["", "a", "ab", "abc"]) {
      const encoded = Buffer.from(`${before}http://evil.test/ and more`).toString("base64");
      expect([before, finds(text, { f: encoded })]).toEqual([before, true]);
    }
    expect(finds(text, { f: Buffer.from("http://fine.test/").toString("base64") })).toBe(false);
  });

  it("compares fields", () => {
    expect(finds(selection("f|fieldref: g"), { f: "x", g: "x" })).toBe(true);
    expect(finds(selection("f|fieldref: g"), { f: "x", g: "y" })).toBe(false);
  });

  it.each([
    ["f|expand: '%admins%'", "the modifier `expand`"],
    ["f|hour: 3", "the modifier `hour`"],
    ["f|re: '^a|b$'", "the anchors"],
    ["f|re: '(?=a)b'", "look-around"],
    ["f|windash: '-a -b -c -d'", "too many forms"],
    ["f|gt: x", "needs a number"],
  ])("%s is named as lost", (item, why) => {
    const { rules, lost } = imported(selection(item));
    expect(rules).toEqual([]);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatch(/^test\.yml:1: A test rule: /);
    expect(lost[0]).toContain(why);
  });
});

describe("search identifiers and conditions of Sigma", () => {
  const parts = "a: {x: 1}\nb: {y: 1}\nfilter_1: {z: 1}\nfilter_2: {w: 1}\n_hidden: {v: 1}\n";
  it.each<[string, Fields, boolean]>([
    ["a and b", { x: 1, y: 1 }, true],
    ["a and b", { x: 1 }, false],
    ["a or b", { y: 1 }, true],
    ["a and not b", { x: 1 }, true],
    ["a and not b", { x: 1, y: 2 }, true],
    ["a and not b", { x: 1, y: 1 }, false],
    ["a or b and filter_1", { x: 1 }, true],
    ["(a or b) and filter_1", { x: 1 }, false],
    ["not (a or b)", { x: 2 }, true],
    ["not (a and b)", { x: 1 }, true],
    ["not (a and b)", { x: 1, y: 1 }, false],
    ["not not a", { x: 1 }, true],
    ["1 of filter_*", { w: 1 }, true],
    ["any of filter_*", { w: 1 }, true],
    ["all of filter_*", { w: 1 }, false],
    ["all of filter_*", { w: 1, z: 1 }, true],
    ["a and not 1 of filter_*", { x: 1, w: 1 }, false],
    ["1 of them", { v: 1 }, false],
    ["all of them", { x: 1, y: 1, z: 1, w: 1 }, true],
    ["1 of *_1", { z: 1 }, true],
  ])("%s, of %j: %p", (condition, fields, fits) => {
    expect(finds(sigma(`${parts}condition: ${condition}`), fields)).toBe(fits);
  });

  it("of a list any map is enough, and of a map all items are needed", () => {
    const text = sigma("s:\n  - {x: 1, y: 1}\n  - {z: 1}\ncondition: s");
    expect([{ x: 1 }, { x: 1, y: 1 }, { z: 1 }].map((fields) => finds(text, fields))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("keywords are looked for in the message", () => {
    const text = sigma("keywords: [EVILSERVICE, 'svchost.exe -n evil']\ncondition: keywords");
    expect(finds(text, { message: "start of evilservice today" })).toBe(true);
    expect(finds(text, { message: "nothing" })).toBe(false);
    const all = sigma("keywords:\n  '|all': [one, two]\ncondition: keywords");
    expect(finds(all, { message: "two, one" })).toBe(true);
    expect(finds(all, { message: "one" })).toBe(false);
  });

  it("several conditions are several queries", () => {
    expect(ruleOf(sigma("a: {x: 1}\nb: {y: 1}\ncondition: [a, b]")).queries).toHaveLength(2);
  });

  it.each([
    ["a | count() > 5", "aggregation"],
    ["a and c", "`c`, which is not defined"],
    ["(a", "not closed"],
    ["a b", "`b`"],
    ["a and", "ends too early"],
    ["1 of nothing*", "fits no search identifier"],
  ])("%s is named as lost", (condition, why) => {
    expect(imported(sigma(`${parts}condition: ${condition}`)).lost[0]).toContain(why);
  });
});

describe("log sources of Sigma", () => {
  const web = `title: Scan for a hidden folder
id: 7f2a8a55-0000-4000-8000-000000000001
level: high
description: Somebody asks for it.
author: A. Person
references: [https://example.net/scan, a book]
falsepositives: [Scanners of your own]
logsource: {category: webserver}
detection:
  selection:
    cs-method: GET
    cs-uri-query|contains: /.git/
    sc-status: [200, 206]
  filter:
    c-ip|cidr: 192.0.2.0/24
  condition: selection and not filter
`;

  it("web servers: our events and names", () => {
    const rule = ruleOf(web);
    expect(rule).toMatchObject({
      id: "scan-for-a-hidden-folder",
      severity: "high",
      falsePositives: ["Scanners of your own"],
    });
    expect(rule.references).toEqual(["https://example.net/scan"]);
    const access = (fields: Fields) =>
      event(
        "http.access",
        1,
        {
          "http.request.method": "GET",
          "url.original": "/a?b=/.git/c",
          "http.response.status_code": 200,
          "source.ip": "198.51.100.7",
          ...fields,
        },
        { category: "web" },
      );
    const found = (fields: Fields) => judge(rule, [access(fields)]).findings.length;
    expect(found({})).toBe(1);
    expect(found({ "source.ip": "192.0.2.9" })).toBe(0);
    expect(found({ "http.response.status_code": 404 })).toBe(0);
    expect(rule.queries[0]!.eql).toMatch(/^web where event\.action == "http\.access" and /);
  });

  it("DNS, proxies and connections, too", () => {
    const at = (category: string, item: string) =>
      ruleOf(`title: t\nlogsource: {category: ${category}}\ndetection: {s: {${item}}, condition: s}\n`)
        .queries[0]!.eql;
    expect(at("dns", "query|endswith: .test")).toBe(
      'network where event.action in ("dns.query", "dns.answer") and dns.question.name : "*.test"',
    );
    expect(at("proxy", "c-useragent: curl")).toContain('user_agent.original : "curl"');
    expect(at("network_connection", "DestinationPort: 4444")).toContain("destination.port == 4444");
    expect(at("firewall", "dst_port: 22")).toContain(
      'event.action == "firewall.log" and destination.port == 22',
    );
  });

  it("says what of the source is not seen, and which fields kept their names", () => {
    const process =
      "title: t\nlogsource: {category: process_creation, product: linux}\ndetection: {s: {CommandLine|contains: nc -e, ParentImage|endswith: /sh}, condition: s}\n";
    const [rule] = imported(process).rules;
    expect(rule!.notes.join("\n")).toContain("not each start of a process");
    expect(rule!.notes.join("\n")).toContain("kept their names: ParentImage");
    expect(rule!.text).toContain("# Note: ");
    const auditd =
      "title: t\nlogsource: {product: linux, service: auditd}\ndetection: {s: {type: EXECVE, a0: nc}, condition: s}\n";
    expect(imported(auditd).rules[0]!.notes[0]).toContain("(product: linux, service: auditd)");
    expect(ruleOf(auditd).queries[0]!.eql).toBe('any where type : "EXECVE" and a0 : "nc"');
  });

  it("does not take Windows' process starts for ours", () => {
    const windows =
      "title: t\nlogsource: {category: process_creation, product: windows}\ndetection: {s: {CommandLine: x}, condition: s}\n";
    expect(ruleOf(windows).queries[0]!.eql).toBe('any where CommandLine : "x"');
  });
});

describe("correlations of Sigma", () => {
  const base = (name: string, field: string) =>
    `title: ${name}\nname: ${name}\nlogsource: {category: test}\ndetection: {s: {${field}: 1}, condition: s}\n`;
  const correlation = (body: string) =>
    [
      base("first", "a"),
      base("second", "b"),
      `title: Both\nlevel: critical\ncorrelation:\n${body.replace(/^/gm, "  ")}\n`,
    ].join("---\n");
  const host = (action: string, at: number, fields: Fields) => event(action, at, { host: "h", ...fields });

  it("temporal_ordered is a sequence", () => {
    const text = correlation(
      "type: temporal_ordered\nrules: [first, second]\ngroup-by: [host]\ntimespan: 5m",
    );
    const rule = ruleOf(text);
    expect(imported(text).rules).toHaveLength(1);
    expect(rule.severity).toBe("critical");
    expect(rule.queries.map(({ eql }) => eql)).toEqual([
      "sequence with maxspan=5m\n  [any where a == 1] by host\n  [any where b == 1] by host",
    ]);
    const [a, b] = [(at: number) => host("x", at, { a: 1 }), (at: number) => host("x", at, { b: 1 })];
    expect(judge(rule, [a(1), b(200)]).findings).toHaveLength(1);
    expect(judge(rule, [b(1), a(200)]).findings).toEqual([]);
    expect(judge(rule, [a(1), b(400)]).findings).toEqual([]);
  });

  it("temporal is a sequence in any order", () => {
    const rule = ruleOf(
      correlation("type: temporal\nrules: [first, second]\ngroup-by: [host]\ntimespan: 5m"),
    );
    const found = (first: Fields, second: Fields) =>
      judge(rule, [host("x", 1, first), host("x", 2, second)]).findings.length;
    expect([found({ a: 1 }, { b: 1 }), found({ b: 1 }, { a: 1 }), found({ a: 1 }, { a: 1 })]).toEqual([
      1, 1, 0,
    ]);
  });

  it("event_count with a lower bound is so many runs", () => {
    const rule = ruleOf(
      correlation("type: event_count\nrules: [first]\ngroup-by: [host]\ntimespan: 1m\ncondition: {gt: 2}"),
    );
    const events = [1, 2, 3].map((at) => host("x", at, { a: 1 }));
    expect(rule.queries[0]!.eql).toBe("sequence with maxspan=1m\n  [any where a == 1] by host with runs=3");
    expect(judge(rule, events).findings).toHaveLength(1);
    expect(judge(rule, events.slice(1)).findings).toEqual([]);
  });

  it("knows aliases, by which fields of different names are joined", () => {
    const rule = ruleOf(
      correlation(
        "type: temporal_ordered\nrules: [first, second]\ngroup-by: [ip]\ntimespan: 10s\naliases:\n  ip: {first: source.ip, second: destination.ip}",
      ),
    );
    expect(rule.queries[0]!.eql).toContain(
      "[any where a == 1] by source.ip\n  [any where b == 1] by destination.ip",
    );
  });

  it("keeps rules for themselves when they are to be generated", () => {
    const text = correlation(
      "type: temporal_ordered\nrules: [first, second]\ngroup-by: [host]\ntimespan: 5m\ngenerate: true",
    );
    expect(imported(text).rules.map(({ id }) => id)).toEqual(["both", "first", "second"]);
  });

  it.each([
    [
      "type: value_count\nrules: [first]\ngroup-by: [host]\ntimespan: 1m\ncondition: {field: user, gte: 3}",
      "different values",
    ],
    [
      "type: event_count\nrules: [first]\ngroup-by: [host]\ntimespan: 1m\ncondition: {lt: 3}",
      "one lower bound",
    ],
    ["type: event_count\nrules: [first]\ngroup-by: [host]\ntimespan: 1m\ncondition: {gte: 500}", "100 runs"],
    [
      "type: event_count\nrules: [first, second]\ngroup-by: [host]\ntimespan: 1m\ncondition: {gte: 5}",
      "several rules",
    ],
    ["type: temporal\nrules: [first, nobody]\ngroup-by: [host]\ntimespan: 1m", "refers to `nobody`"],
    ["type: temporal\nrules: [first, second]\ngroup-by: [host]\ntimespan: soon", "timespan `soon`"],
    [
      "type: temporal\nrules: [first, second]\ngroup-by: [host]\ntimespan: 1m\ncondition: {gte: 1}",
      "not all 2 rules",
    ],
  ])("%s is named as lost", (body, why) => {
    const { rules, lost } = imported(correlation(body));
    expect(rules.map(({ id }) => id)).not.toContain("both");
    expect(lost).toHaveLength(1);
    expect(lost[0]).toContain(why);
  });
});

describe("files that hold no Sigma rule", () => {
  it.each([
    ["", "test.yml:1: there is no Sigma rule in it"],
    ["a: [", "this is not YAML"],
    ["title: x\n", "it has no `detection`"],
    ["action: global\ntitle: x\n", "collections of the old form"],
    ["title: x\nfilter: {rules: [a]}\n", "a Sigma filter"],
    ["- a\n- b\n", "a list, and no Sigma rule"],
  ])("%j", (text, why) => {
    const { rules, lost } = imported(text);
    expect(rules).toEqual([]);
    expect(lost[0]).toContain(why);
  });

  it("cannot break out of a comment or a text of the file that is written", () => {
    const text = sigma(
      "s: {f: 'x\"y'}\ncondition: s",
      'author: "a\\nid: evil"\ndescription: "b: {c}\\n- d"\n',
    ).replace("A test rule", '"q{uery}: \\" # x"');
    const rule = ruleOf(text);
    expect(rule.description).toBe("b: {c}\n- d");
    expect(rule.id).toBe("q-uery-x");
  });
});
