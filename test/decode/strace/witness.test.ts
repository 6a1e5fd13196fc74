import { describe, expect, it } from "@jest/globals";
import { TraceWitness } from "../../../src/decode/strace/witness.js";
import type { Event } from "../../../src/model/event.js";
import { capture, fieldsOf, fixture, of, records, track } from "./trace.js";

/** What a witness tells of a trace: it needs all records. */
function witness(text: string): Event[] {
  const events: Event[] = [];
  const tracker = new TraceWitness((event) => events.push(event));
  for (const record of records(text, true)) tracker.push(record);
  tracker.end();
  return events;
}

const secondsOf = (us: unknown) => (typeof us === "number" ? us / 1e6 : us);

const QUERY = '"\\22\\147\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\10registry\\7example\\0\\0\\1\\0\\1", 34';
const TO_SERVER = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}, 16';

describe("until when a call was over", () => {
  it("is told by the same thread's next record, not by -T, nor by another thread's", () => {
    const [query] = of(
      witness(`7 00:00:01.000000 sendto(3, ${QUERY}, 0, ${TO_SERVER}) = 34 <0.000010>
8 00:00:01.000100 getpid() = 8
7 00:00:01.000500 getpid() = 7`),
      "dns.query",
    );
    expect(query!.fields["call.until_line"]).toBe(3);
    expect(secondsOf(query!.fields["call.until"])).toBe(1.0005);
  });

  it("is the record behind the resumption of a call that was interrupted by others", () => {
    const [query] = of(
      witness(`7 00:00:01.000000 sendto(3, ${QUERY}, 0, ${TO_SERVER} <unfinished ...>
8 00:00:01.000100 getpid() = 8
7 00:00:01.000400 <... sendto resumed>) = 34
7 00:00:01.000500 getpid() = 7`),
      "dns.query",
    );
    expect(query!.time).toBe(1_000_000);
    expect(query!.fields["call.until_line"]).toBe(4);
  });

  it("is known by its line alone without stamps, where all lines are of one thread", () => {
    const [query] = of(witness(`sendto(3, ${QUERY}, 0, ${TO_SERVER}) = 34\ngetpid() = 7`), "dns.query");
    expect(query!.fields).toMatchObject({ "call.until_line": 2 });
    expect(query!.fields["call.until"]).toBeUndefined();
  });

  it("counts in what a stamp in milliseconds or whole seconds leaves open", () => {
    const until = (stamp: string) =>
      of(
        witness(`00:00:01 sendto(3, ${QUERY}, 0, ${TO_SERVER}) = 34\n${stamp} getpid() = 7`),
        "dns.query",
      )[0]!.fields["call.until"];
    expect(until("00:00:02.500")).toBe(2_500_999);
    expect(until("00:00:02")).toBe(2_999_999);
  });

  it("is not known of a thread's last call, nor where the thread's stamps go back", () => {
    const alone = witness(`00:00:01.000000 sendto(3, ${QUERY}, 0, ${TO_SERVER}) = 34`);
    expect(of(alone, "dns.query")[0]!.fields["call.until_line"]).toBeUndefined();
    const back = witness(
      `00:00:01.000000 sendto(3, ${QUERY}, 0, ${TO_SERVER}) = 34\n00:00:00.500000 getpid() = 7`,
    );
    expect(of(back, "dns.query")[0]!.fields["call.until_line"]).toBeUndefined();
  });
});

describe("what else a call moved", () => {
  it("is an HTTP message, sent or read", () => {
    const told =
      witness(`7 connect(4, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.20")}, 16) = 0
7 write(4, "GET /v2/ HTTP/1.1\\r\\nHost: registry"..., 120) = 120
7 read(4, "HTTP/1.1 200 OK\\r\\nServer: nginx"..., 8192) = 155`);
    expect(of(told, "http.message").map(fieldsOf)).toEqual([
      {
        "network.protocol": "http",
        "network.direction": "outbound",
        "http.request.method": "GET",
        "url.original": "/v2/",
        "destination.ip": "192.0.2.20",
        "destination.port": 80,
        "strace.call": "write",
        "strace.fd": 4,
        "process.pid": 7,
        "process.thread.id": 7,
        "call.until_line": 3,
      },
      {
        "network.protocol": "http",
        "network.direction": "inbound",
        "http.response.status_code": 200,
        "source.ip": "192.0.2.20",
        "source.port": 80,
        "strace.call": "read",
        "strace.fd": 4,
        "process.pid": 7,
        "process.thread.id": 7,
      },
    ]);
  });

  it("is none where the first line is not shown to its end", () => {
    expect(witness('write(4, "GET /v1/repositories/org/imag"..., 200) = 200')).toEqual([]);
  });

  it("is read in the second half of a call, on the descriptor that the first half names", () => {
    const [message] = of(
      witness(
        '7 read(4, <unfinished ...>\n8 getpid() = 8\n7 <... read resumed>"HTTP/1.1 404 Not Found\\r\\n"..., 8192) = 99',
      ),
      "http.message",
    );
    expect(message!.fields).toMatchObject({ "http.response.status_code": 404, "strace.fd": 4 });
  });

  it.each([
    [
      "logrus",
      'time=\\"2026-11-22T03:52:32.525263649Z\\" level=debug msg=\\"Calling\\"\\n',
      "2026-11-22T03:52:32.525263649Z",
    ],
    [
      "JSON",
      '{\\"level\\":\\"info\\",\\"ts\\":\\"2026-11-22T03:52:32.525263Z\\"}\\n',
      "2026-11-22T03:52:32.525263Z",
    ],
    [
      "a line that begins with it",
      "2026-11-22T03:52:32.525263649+03:00 started\\n",
      "2026-11-22T03:52:32.525263649+03:00",
    ],
  ])("is a line with a stamp: %s", (_name, text, stamp) => {
    const [line] = of(witness(`write(1, "${text}", 84) = 84`), "log.written");
    expect(line!.fields["log.stamp"]).toBe(stamp);
  });

  it("is a line whose stamp strace cut", () => {
    const [line] = of(witness('write(1, "time=\\"2026-11-22T03:52:39.638328"..., 84) = 84'), "log.written");
    expect(line!.fields["log.stamp"]).toBe("2026-11-22T03:52:39.638328");
  });

  it("is no line when the stamp is a word of the message, or read", () => {
    const quoted = '{\\"line\\": \\"time=\\\\\\"2026-11-22T03:52:32.525263649Z\\\\\\"\\"}';
    expect(witness(`write(3, "${quoted}", 84) = 84`)).toEqual([]);
    expect(witness('read(1, "2026-11-22T03:52:32.525263649Z x\\n", 84) = 84')).toEqual([]);
  });

  it("comes after the line before while there is one thread only", () => {
    const line = (second: number) => `write(1, "2026-11-22T03:52:0${second}.000000001Z x\\n", 33) = 33`;
    const alone = witness(`7 00:00:01.000 ${line(1)}\n7 00:00:02.000 ${line(2)}`);
    expect(alone[1]!.fields).toMatchObject({ "log.after": 1_000_000, "log.after_line": 1 });
    const cloned = witness(
      `7 00:00:01.000 ${line(1)}\n7 00:00:01.500 clone(child_stack=0x1, flags=CLONE_THREAD|CLONE_FILES) = 8\n7 00:00:02.000 ${line(2)}`,
    );
    expect(cloned.at(-1)!.fields["log.after"]).toBeUndefined();
  });
});

describe("a witness", () => {
  it.each(["glibc-f_ttt_T_yy", "python-fork", "node-stderr-f", "glibc-rtT"])(
    "tells what a tracker tells, in the same order: %s",
    (name) => {
      const text = fixture(name);
      const both = (events: Event[]) =>
        events
          .filter(({ action }) => action !== "http.message" && action !== "log.written")
          .map(({ action, line, fields }) => [action, line, fields["dns.id"]]);
      expect(both(witness(text))).toEqual(both(track(text)));
    },
  );

  it("sees the requests and the log of a pull", () => {
    const text = capture("e-skew-control/docker-daemon.1-dns-timeout-fallback.strace");
    if (text === undefined) return;
    const told = witness(text);
    expect(
      of(told, "http.message").map(
        ({ fields }) => fields["url.original"] ?? fields["http.response.status_code"],
      ),
    ).toEqual([
      "/v1/repositories/org-payments-front/images",
      200,
      "/v1/repositories/org-payments-front/tags/v0.17.0",
      404,
    ]);
    expect(of(told, "log.written").length).toBeGreaterThan(5);
    for (const { time, fields } of told)
      if (typeof fields["call.until"] === "number") expect(fields["call.until"]).toBeGreaterThanOrEqual(time);
  });
});
