import { describe, expect, it } from "@jest/globals";
import { adapt } from "../../../src/decode/adapters.js";
import type { Event } from "../../../src/model/event.js";
import { matchTcpdump } from "../../grammars/tcpdump.js";

/** What a line tells of to a witness. */
function told(text: string, witness = true): Event[] {
  const events: Event[] = [];
  const adapter = adapt({ path: "dump.txt", witness, emit: (event) => void events.push(event) });
  const { action, fields } = matchTcpdump(text)!;
  const place = { source: 0, line: 1, offset: 0, length: text.length, time: 0, ns: 0, latest: 0 };
  adapter.push({ ...place, action, category: "network", fields });
  adapter.end();
  return events;
}

const SEGMENT =
  "03:52:37.538227 IP 10.0.0.2.40001 > 192.0.2.20.80: Flags [P.], seq 1:229, ack 1, win 63, length 228: ";

describe("an HTTP message in tcpdump's text", () => {
  it("is a request or a response behind the length", () => {
    const [request, segment] = told(`${SEGMENT}HTTP: GET /v2/ HTTP/1.1`);
    expect(request).toMatchObject({
      action: "http.message",
      fields: {
        "http.request.method": "GET",
        "url.original": "/v2/",
        "source.port": 40001,
        "tcp.payload_bytes": 228,
      },
    });
    expect(segment!.action).toBe("tcp.segment");
    expect(told(`${SEGMENT}HTTP: HTTP/1.1 404 Not Found`)[0]!.fields).toMatchObject({
      "http.response.status_code": 404,
    });
  });

  it("stands on a line of its own with -v", () => {
    const [request] = told(`${SEGMENT}HTTP, length: 228\n\tGET /v1/ HTTP/1.1\n\tHost: registry.example`);
    expect(request!.fields).toMatchObject({ "url.original": "/v1/" });
  });

  it("is not what goes on in the middle, and for nobody who does not ask", () => {
    expect(told(`${SEGMENT}HTTP`).map(({ action }) => action)).toEqual(["tcp.segment"]);
    expect(told(`${SEGMENT}HTTP: GET /v2/ HTTP/1.1`, false).map(({ action }) => action)).toEqual([
      "tcp.segment",
    ]);
  });
});
