import { describe, expect, it } from "@jest/globals";
import { compile, read } from "./helpers.js";

/** Reads `a=TEXT` where the text is captured as the type. */
function captured(type: string, text: string): unknown {
  const grammar = compile(`token ANY = /[^\\n]+/ as ${type}\nevent x = "a=" a:ANY`);
  const fields = read(grammar, `a=${text}`)!;
  return type === "url" || type === "endpoint" ? fields : fields["a"];
}

describe("capture types", () => {
  it.each([
    ["text", "à la carte", "à la carte"],
    ["int", "42", 42],
    ["int", "-7", -7],
    ["int", "007", 7],
    ["int", "9007199254740993", 9007199254740992],
    ["int", "-", Number.NaN],
    ["int", "7e2", 700],
    ["float", "0.25", 0.25],
    ["hex", "0x1F", 31],
    ["hex", "ff", 255],
    ["ip", "10.0.0.1", "10.0.0.1"],
    ["ip", "010.0.0.01", "10.0.0.1"],
    ["ip", "10.0.0.256", undefined],
    ["ip", "FE80::0:1", "fe80::1"],
    ["ip", "fe80::1%eth0", "fe80::1"],
    ["ip", "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["ip", "::FFFF:10.0.0.1", "::ffff:10.0.0.1"],
    ["ip", "::", "::"],
    ["ip", "1::2::3", undefined],
    ["ip", "12:30:45", undefined],
    ["port", "53", 53],
    ["port", "domain", 53],
    ["port", "http", 80],
    ["port", "https", 443],
    ["port", "no-such-service", undefined],
    ["port", "65536", undefined],
    ["port", "constructor", undefined],
    ["mac", "02:42:AC:11:00:02", "02:42:ac:11:00:02"],
    ["mac", "2:42:ac:11:0:2", "02:42:ac:11:00:02"],
    ["duration", "4.002s", 4_002_000_000],
    ["duration", "1m2.5s", 62_500_000_000],
    ["duration", "250ms", 250_000_000],
    ["duration", "5s", 5_000_000_000],
    ["duration", "1.5µs", 1500],
    ["duration", "-3ns", -3],
    ["duration", "soon", undefined],
    ["quoted", '"a \\"b\\" \\n\\u00e9\\x21"', 'a "b" \né!'],
    ["quoted", "plain", "plain"],
    ["quoted", '"é"', "é"],
    ["quoted", '"\\ud83d\\ude00"', "😀"],
    ["quoted", '"\\303\\251"', "é"],
    ["quoted", "`raw \\n`", "raw \\n"],
    ["json", "a\\tb\\/c \\u0041", "a\tb/c A"],
    ["host", "Registry.Corp.TEST.", "registry.corp.test"],
    ["lower", "REFUSED", "refused"],
    ["list", "a, b c,,d", ["a", "b", "c", "d"]],
    [
      "addresses",
      "    inet 10.0.0.1/24 brd 10.0.0.255 scope global br0\\       inet 10.8.0.1 peer 10.8.0.2/32 scope global\\ inet6 FE80::1/64",
      ["10.0.0.1/24", "10.8.0.1/32", "fe80::1/64"],
    ],
    ["addresses", "inet 10.0.0.1  netmask 255.255.240.0  broadcast 10.0.15.255", ["10.0.0.1/20"]],
    ["addresses", "inet6 fe80::1  prefixlen 64  scopeid 0x20<link>", ["fe80::1/64"]],
    ["addresses", "inet addr:10.8.0.1  P-t-P:10.8.0.2  Mask:255.255.255.255", ["10.8.0.1/32"]],
    ["addresses", "inet6 addr: fe80::1/64 Scope:Link", ["fe80::1/64"]],
    ["addresses", "inet 10.0.0.1 netmask 0xffffff00", ["10.0.0.1/24"]],
    ["addresses", "inet 10.0.0.1 netmask 255.0.255.0", ["10.0.0.1"]],
    ["addresses", "10.8.0.1 peer 10.8.0.2/32 192.0.2.10/24 metric 100", ["10.8.0.1/32", "192.0.2.10/24"]],
    ["addresses", "link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff", undefined],
    ["hexip", "0100007F", "127.0.0.1"],
    ["hexip", "B80D0120000000000000000001000000", "2001:db8::1"],
    ["hexip", "0100007", undefined],
    ["bool", "true", true],
    ["bool", "No", false],
    ["bool", "perhaps", undefined],
    ["rfc3339", "2026-11-22T03:52:32Z", "2026-11-22T03:52:32Z"],
  ])("%s of %j", (type, text, value) => {
    expect(captured(type, text)).toEqual(value);
  });

  it.each([
    ["10.0.0.1.53", { "a.ip": "10.0.0.1", "a.port": 53 }],
    ["10.0.0.1", { "a.ip": "10.0.0.1" }],
    ["ns1.corp.test.domain", { "a.address": "ns1.corp.test", "a.port": 53 }],
    ["ns1.corp.test", { "a.address": "ns1.corp.test" }],
    ["ns1.corp.test.40123", { "a.address": "ns1.corp.test", "a.port": 40123 }],
    ["fe80::1.53", { "a.ip": "fe80::1", "a.port": 53 }],
    ["fe80::1", { "a.ip": "fe80::1" }],
    ["10.0.0.1:53", { "a.ip": "10.0.0.1", "a.port": 53 }],
    ["[::1]:53", { "a.ip": "::1", "a.port": 53 }],
    ["[::1]", { "a.ip": "::1" }],
    ["Registry.corp.test:443", { "a.address": "registry.corp.test", "a.port": 443 }],
    ["localhost", { "a.address": "localhost" }],
    ["::ffff:10.0.0.1.53", { "a.ip": "::ffff:10.0.0.1", "a.port": 53 }],
    ["fe80::1%eth0.53", { "a.ip": "fe80::1", "a.port": 53 }],
  ])("endpoint of %j", (text, fields) => {
    expect(captured("endpoint", text)).toEqual(fields);
  });

  it.each([
    [
      "https://Registry.corp.test:5000/v2/app?tag=1#x",
      { "a.scheme": "https", "a.domain": "registry.corp.test", "a.port": 5000, "a.path": "/v2/app" },
    ],
    ["http://[::1]:80/", { "a.scheme": "http", "a.domain": "::1", "a.port": 80, "a.path": "/" }],
    ["https://user:pw@h/", { "a.scheme": "https", "a.domain": "h", "a.path": "/" }],
    ["/v2/?a=b", { "a.path": "/v2/" }],
    ["registry.corp.test/v2/", { "a.domain": "registry.corp.test", "a.path": "/v2/" }],
  ])("url of %j", (text, fields) => {
    expect(captured("url", text)).toEqual({ "a.original": text, ...fields });
  });
});

describe("what a shape gives", () => {
  it("a time stamp's text and kind", () => {
    const grammar = compile('event x = (@timestamp:TOD | @timestamp:RFC3339) " " message:rest');
    expect(read(grammar, "03:46:29.7 a")).toEqual({
      "@timestamp": "03:46:29.7",
      "@timestamp.kind": "hms",
      message: "a",
    });
    expect(read(grammar, "2026-11-22T03:46:29Z b")).toMatchObject({ "@timestamp.kind": "rfc3339" });
    expect(grammar.shapes[0]!.stamps).toEqual(["hms", "rfc3339"]);
  });

  it("constants of the way taken, and copies of other fields", () => {
    const grammar = compile(`
      event x = ("up" [state = "UP"] [on = true] [n = 1] | "down" [state = "DOWN"]) " " url:URL [registry.host = $url.domain]`);
    expect(read(grammar, "up http://a.test/")).toMatchObject({
      state: "UP",
      on: true,
      n: 1,
      "registry.host": "a.test",
    });
    expect(read(grammar, "down http://a.test/")!["on"]).toBeUndefined();
  });

  it("copies that go in a circle give nothing", () => {
    const grammar = compile('event x = "a" [b = $c] [c = $b]');
    expect(read(grammar, "a")).toEqual({});
  });

  it("trailing blanks and a carriage return are always allowed, at every end", () => {
    const grammar = compile('event x = "a " ("b" | "c " d:rest | "e" (": " f:rest)?)');
    expect(read(grammar, "a b \t\r")).toEqual({});
    expect(read(grammar, "a c two words \r\n")).toEqual({ d: "two words" });
    expect(read(grammar, "a e\r")).toEqual({});
    expect(read(grammar, "a e: g \r")).toEqual({ f: "g" });
  });

  it("a capture that can end with blanks is trimmed", () => {
    const grammar = compile('token TAIL = /[^\\n]*/\nevent x = "a:" b:TAIL');
    expect(read(grammar, "a: b \r\n")).toEqual({ b: " b" });
  });

  it("bytes that are handed on stay bytes, all else is text", () => {
    const envelope = compile('event x = host.name:WORD " " message:rest');
    expect(read(envelope, "é ü")).toEqual({ "host.name": "é", message: "\xc3\xbc" });
    const body = compile('event x = "m=" message:QUOTED', "body");
    expect(read(body, 'm="\\u00fc"')).toEqual({ message: "\xc3\xbc" });
    const words = compile('event x = "m=" message:rest', "message");
    expect(read(words, "m=ü")).toEqual({ message: "ü" });
  });

  it("invalid UTF-8 survives around what is captured", () => {
    const grammar = compile('event x = "a " b:WORD " " c:INT');
    expect(grammar.shapes[0]!.regex.exec("a \xff\xfe 1")).not.toBeNull();
  });

  it("upto stops at the first STOP, and skips quoted texts when told", () => {
    const grammar = compile('event x = a:upto ", " ", " b:rest');
    expect(read(grammar, "1,2, 3, 4")).toEqual({ a: "1,2", b: "3, 4" });
    const quoted = compile('event x = a:upto outside QUOTED ", " ", " b:rest');
    expect(read(quoted, '"1, 2", 3, 4')).toEqual({ a: '"1, 2"', b: "3, 4" });
    const several = compile(
      'event x = a:upto ("," | ";") ("," [sep = "comma"] | ";" [sep = "semicolon"]) b:rest',
    );
    expect(read(several, "1;2,3")).toEqual({ a: "1", sep: "semicolon", b: "2,3" });
  });

  it("names of fields and constants cannot break out of the generated code", () => {
    const grammar = compile('event x = "a" [__proto__ = "p"] [b = "\\"}; throw 1; //\\u{2028}"]');
    const fields = grammar.shapes[0]!.decode(grammar.shapes[0]!.regex.exec("a")!);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect(fields["b"]).toBe('"}; throw 1; //\u2028');
  });
});

describe("accepts", () => {
  const grammar = compile(
    `accepts process.name in ("dockerd", "docker") and log.level? matches /warn(?:ing)?|error/
    event x = "a"`,
    "message",
  );
  it.each([
    [{ "process.name": "dockerd" }, true],
    [{ "process.name": "docker", "log.level": "warning" }, true],
    [{ "process.name": "docker", "log.level": "warnings" }, false],
    [{ "process.name": "kernel" }, false],
    [{}, false],
    [{ "process.name": 5 }, false],
  ])("%j: %s", (fields, accepted) => {
    expect(grammar.accepts!(fields)).toBe(accepted);
  });
});
