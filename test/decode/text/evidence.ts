import fc from "fast-check";

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const message = fc.constantFrom(
  "level=debug msg=one",
  'time="2026-11-22T03:52:37.526690699Z" level=debug msg="Error getting v2 registry: Get http://docker.corp.test/v2/: net/http: request canceled while waiting for connection"',
  'time="2026-11-22T03:52:37.5Z" level=debug msg="Trying to pull shop from https://repo.example.net v2"',
  "",
  "\x00\x00",
  "caf\xc3\xa9",
);

/** A journal's line: of varying lengths, some of which tell of something. */
const journal = fc
  .tuple(
    fc.constantFrom("dockerd", "docker", "kernel", "kubelet"),
    digits(2),
    fc.nat({ max: 99_999 }),
    message,
  )
  .map(
    ([name, second, pid, text]) => `Nov 22 03:52:${(Number(second) % 60) | 0} host ${name}[${pid}]: ${text}`,
  )
  .map((line) => line.replace(/:(\d) host/, ":0$1 host"));

const LONG = 1 << 20;

/** Lines and blocks of lines of many formats, whole and damaged. */
export const piece: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: journal },
  fc.constantFrom(
    "    continued",
    "\ttabbed",
    " Nov 22 03:52:37 host docker[1]: pasted",
    "     pasted on",
    "",
    "   ",
    "junk",
    "7962  03:52:37.535753 close(3) = 0 <0.000010>",
    " > /lib/libc.so.6(connect+0x17) [0x10e4b7]",
    'time="2026-11-22T03:52:38Z" level=info msg="another format"\n    with a second line',
    "2: eth0: <BROADCAST> mtu 1500 qdisc noop state DOWN\n    link/ether 02:42:ac:11:00:02",
    '{"log":"cut in \\u0070","stream":"stdout","time":"2026-11-22T03:52:37.1Z"}\n{"log":"two\\n","stream":"stdout","time":"2026-11-22T03:52:37.2Z"}',
    '{"__REALTIME_TIMESTAMP":"1795319557000000","_HOSTNAME":"h","MESSAGE":"v2 registry"}',
    '{"__REALTIME_TIMESTAMP":"179531955',
    "__CURSOR=a\n__REALTIME_TIMESTAMP=1795319557000000\nMESSAGE\n\x07\0\0\0\0\0\0\0one\n\ntw\n_PID=1\n",
    "*nat\n:POSTROUTING ACCEPT [0:0]\n\n-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE",
    "-A POSTROUTING -s 172.18.0.0/16 -j MASQUERADE\nCOMMIT",
    'table ip nat {\n\tchain POST {\n\t\toifname != "docker0" ip saddr 172.17.0.0/16 masquerade\n\t}\n}',
    "\t\tip saddr 172.18.0.0/16 masquerade\n\t}\n}",
    '[\n    {\n        "ifindex": 2,\n        "ifname": "br0", "flags": [], "mtu": 1500, "operstate": "UP"\n    },\n    {}\n]',
    '{\n    "a": 1,\n    "b": [\n        {}\n    ]\n}',
    '{"level":"info","msg":"trying"}',
    '{"level":"info","msg":',
    "docker: Error response from daemon: no such image",
    "$ docker pull repo.example.net/web/shop",
  ),
);

/** A text of such pieces, which mostly are of one kind, with all that line ends can be. */
export const evidence: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.tuple(piece, fc.constantFrom("\n", "\n", "\n", "\r\n")), { minLength: 1, maxLength: 40 }),
    fc.option(fc.constantFrom("\n", "\r\n", "\r"), { nil: "" }),
    fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text,
      (text) => text,
      (text) => text.replace(/^/gm, " "),
      (text) => text.replace("level=debug msg=one", "x".repeat(LONG)),
      (text) => text.replace("    continued", `    ${"y".repeat(LONG - 100)}`),
    ),
  )
  .map(([pieces, end, change]) =>
    change(
      pieces
        .map(([text, feed]) => text.replaceAll("\n", feed) + feed)
        .join("")
        .replace(/\r?\n$/, end),
    ),
  );
