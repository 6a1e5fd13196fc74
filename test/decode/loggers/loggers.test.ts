import { describe, expect, it } from "@jest/globals";
import { readText } from "../read-text.js";

/** The fields of one line, and who claimed it. */
function read(line: string) {
  const { events, records } = readText(Buffer.from(`${line}\n`));
  const { "event.category": _, "log.level": level, ...fields } = events[0]?.fields ?? {};
  return { by: records[0]?.by, action: events[0]?.action, level, ...fields };
}

describe("JSON lines of loggers", () => {
  it.each<[string, string, Record<string, unknown>]>([
    [
      "logrus",
      '{"level":"warning","msg":"slow","time":"2026-11-22T03:52:32+03:00"}',
      { level: "warning", message: "slow", "@timestamp.kind": "rfc3339" },
    ],
    [
      "Go's slog",
      '{"time":"2026-11-22T03:52:32.525263649Z","level":"INFO","msg":"up","port":80}',
      { level: "info", "@timestamp": "2026-11-22T03:52:32.525263649Z" },
    ],
    [
      "zap, whose error is part of what it says",
      '{"level":"error","ts":1795319552.779582,"logger":"etcd","caller":"a/b.go:1","msg":"lost","error":"EOF"}',
      {
        "@timestamp": "1795319552.779582",
        "@timestamp.kind": "epoch",
        "log.logger": "etcd",
        message: "lost: EOF",
        "error.message": "EOF",
      },
    ],
    [
      "bunyan",
      '{"name":"shop","hostname":"Web-1","pid":27,"level":40,"msg":"retry","time":"2026-11-22T03:52:32.525Z","v":0}',
      {
        level: "warn",
        "host.hostname": "web-1",
        "process.pid": 27,
        "process.name": "shop",
        message: "retry",
      },
    ],
    [
      "pino",
      '{"level":50,"time":1795319552779,"pid":27,"hostname":"web-1","err":{"type":"Error","message":"connect ECONNREFUSED","stack":"Error: x\\n at y"},"msg":"failed"}',
      {
        level: "error",
        "@timestamp": "1795319552.779",
        "error.message": "connect ECONNREFUSED",
        "error.stack_trace": "Error: x\n at y",
      },
    ],
    [
      "the Elastic Common Schema",
      '{"@timestamp":"2026-11-22T03:52:32.525Z","log.level":"ERROR","message":"no","ecs.version":"1.2.0","service.name":"shop","log":{"logger":"a.B"}}',
      { level: "error", message: "no", "process.name": "shop", "log.logger": "a.B" },
    ],
    [
      "OpenTelemetry",
      '{"timeUnixNano":"1795319552779582123","severityText":"WARN","body":{"stringValue":"slow"},"traceId":"4bf9"}',
      { level: "warn", "@timestamp": "1795319552.779582123", message: "slow", "trace.id": "4bf9" },
    ],
    [
      "GELF",
      '{"version":"1.1","host":"web-1","short_message":"down","timestamp":1795319552.779,"level":3}',
      { level: "err", "host.hostname": "web-1", message: "down", "@timestamp": "1795319552.779" },
    ],
    [
      "Serilog",
      '{"@t":"2026-11-22T03:52:32.5252636Z","@mt":"up in {ms}","@l":"Warning","ms":12}',
      { level: "warning", message: "up in {ms}" },
    ],
    [
      "log4j2",
      '{"instant":{"epochSecond":1795319552,"nanoOfSecond":7000000},"thread":"main","level":"INFO","loggerName":"a.B","message":"up"}',
      { "@timestamp": "1795319552.007000000", "log.logger": "a.B" },
    ],
    [
      "MongoDB",
      '{"t":{"$date":"2026-11-22T03:52:32.525+00:00"},"s":"I","c":"NETWORK","id":22943,"ctx":"conn1","msg":"Connection accepted"}',
      {
        level: "info",
        "log.logger": "NETWORK",
        message: "Connection accepted",
        "@timestamp.kind": "rfc3339",
      },
    ],
    [
      "Monolog",
      '{"message":"no","level":400,"level_name":"ERROR","channel":"app","datetime":"2026-11-22T03:52:32.525263+00:00"}',
      { "log.logger": "app", "@timestamp": "2026-11-22T03:52:32.525263+00:00" },
    ],
    [
      "python-json-logger",
      '{"asctime": "2026-11-22 03:52:32,525", "levelname": "ERROR", "name": "shop", "message": "no"}',
      { level: "error", "@timestamp.kind": "datetime", "@timestamp": "2026-11-22 03:52:32,525" },
    ],
  ])("of %s", (_, line, expected) => {
    expect(read(line)).toMatchObject({ by: "json-log", action: "log.line", ...expected });
  });

  it("hand on their words: what failed is read as in any other log", () => {
    const line =
      '{"level":"error","ts":1795319552.5,"msg":"dial tcp 10.60.0.22:443: connect: connection refused"}';
    expect(read(line)).toMatchObject({ action: "socket.connect", "destination.ip": "10.60.0.22" });
  });
});

describe("lines of pairs", () => {
  it.each<[string, string, Record<string, unknown>]>([
    [
      "Prometheus",
      'ts=2026-11-22T03:52:32.525Z caller=notifier.go:530 level=error component=notifier msg="sending \\"x\\" failed" err="EOF"',
      {
        level: "error",
        "log.logger": "notifier",
        message: 'sending "x" failed: EOF',
        "@timestamp.kind": "rfc3339",
      },
    ],
    [
      "older go-kit programs",
      "level=warn ts=2026-11-22T03:52:32Z caller=main.go:1 msg=slow",
      { level: "warn", message: "slow" },
    ],
    [
      "Grafana",
      'logger=tsdb t=2026-11-22T03:52:32.525263649+03:00 level=info msg="Request Completed" method=GET status=502',
      { "log.logger": "tsdb", message: "Request Completed" },
    ],
  ])("of %s", (_, line, expected) => {
    expect(read(line)).toMatchObject({ by: "logfmt-log", action: "log.line", ...expected });
  });

  it.each(["ts=1 msg", "a=b c=d", 'time="2026-11-22T03:52:32Z"', "msg=x level=info"])("%s is none", (line) =>
    expect(readText(`${line}\n`).records[0]?.by).toBeUndefined(),
  );
});

describe("any other JSON line", () => {
  it("has its time read, by a generic format", () => {
    expect(read('{"n": 0, "t": 1795319552.779582, "answered": true}')).toMatchObject({
      by: "json-dated",
      "@timestamp": "1795319552.779582",
    });
  });

  it.each([
    ["without a time", '{"n":0,"answered":true}'],
    ["whose numbers are no times", '{"t":12,"time":"never"}'],
    ["that does not parse", '{"time":"2026-11-22T03:52:32Z","level":"info","msg":"x"'],
  ])("%s is read by nobody", (_, line) => expect(readText(`${line}\n`).events).toEqual([]));
});
