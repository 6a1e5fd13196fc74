import { describe, expect, it } from "@jest/globals";
import { readText } from "../read-text.js";

const IIS = [
  "#Software: Microsoft Internet Information Services 10.0",
  "#Version: 1.0",
  "#Date: 2026-11-22 03:52:32",
  "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status time-taken",
  "2026-11-22 03:52:33 192.0.2.80 GET /v2/ a=1 443 - 192.0.2.7 docker/20.10+(linux) 502 5015",
  "#Date: 2026-11-22 04:00:00",
  "2026-11-22 04:00:01 192.0.2.80 GET / - 80 - 192.0.2.9 - 200 3",
];

describe("W3C extended logs", () => {
  it("of IIS are requests, with times in GMT and spans in milliseconds", () => {
    const { events, records } = readText(`${IIS.join("\r\n")}\r\n`);
    expect(records.map(({ by }) => by)).toEqual(IIS.map(() => "w3c-log"));
    expect(events.find(({ action }) => action === "http.access")!.fields).toMatchObject({
      "@timestamp": "2026-11-22T03:52:33Z",
      "source.ip": "192.0.2.7",
      "destination.ip": "192.0.2.80",
      "destination.port": 443,
      "url.original": "/v2/?a=1",
      "http.response.status_code": 502,
      "user_agent.original": "docker/20.10 (linux)",
      "event.duration": 5_015_000_000,
    });
  });

  it("of others have tabs, and spans in seconds", () => {
    const log =
      "#Version: 1.0\n#Fields: date time x-edge-location c-ip cs-method cs(Host) cs-uri-stem sc-status time-taken\n2026-11-22\t03:52:33\tFRA2\t192.0.2.7\tGET\tD1.example\t/\t504\t30.001\n";
    expect(readText(log).events.at(-1)!.fields).toMatchObject({
      "url.domain": "d1.example",
      "http.response.status_code": 504,
      "event.duration": 30_001_000_000,
    });
  });

  it("take no row with more or fewer cells", () => {
    const { records } = readText(`${IIS.slice(0, 4).join("\n")}\n2026-11-22 03:52:33 192.0.2.80 GET\n`);
    expect(records.at(-1)!.by).not.toBe("w3c-log");
  });
});
