import type { Description } from "./types.js";

export const logFormats: readonly Description[] = [
  {
    name: "json-log",
    title: "JSON lines of loggers",
    area: "log",
    file: "src/decode/loggers/json.ts",
    about:
      "A JSON object a line with a time or a level, and words, under the keys that loggers use: logrus, slog, zerolog, zap, klog, bunyan, pino, winston, log4j2, logback, structlog, Serilog, Monolog, MongoDB, ECS, OpenTelemetry, GELF.",
    commands: ["docker logs CONTAINER", "kubectl logs POD"],
    sample:
      '{"level":"error","ts":1795319552.779582,"logger":"shop.cart","caller":"cart/cart.go:42","msg":"no price","error":"dial tcp 192.0.2.7:443: connect: connection refused"}\n',
  },
  {
    name: "logfmt-log",
    title: "logfmt lines of loggers",
    area: "log",
    file: "src/decode/loggers/logfmt.ts",
    about:
      "Lines of key=value pairs in any order, with a time and words under the keys that loggers use: go-kit (Prometheus, Alertmanager, Loki), Grafana, slog.",
    commands: ["docker logs CONTAINER", "kubectl logs POD"],
    sample:
      'ts=2026-11-22T03:52:32.525Z caller=notifier.go:530 level=error component=notifier msg="sending failed" err="dial tcp 192.0.2.7:443: connect: connection refused"\n',
  },
  {
    name: "w3c-log",
    title: "W3C extended logs (IIS, CloudFront)",
    area: "web",
    file: "src/decode/web/w3c.ts",
    about:
      "Requests in columns that a #Fields line names, as IIS, Exchange and CloudFront write them; the lines that begin with # must be there. Times are GMT.",
    commands: ["type C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex261122.log"],
    sample: [
      "#Software: Microsoft Internet Information Services 10.0",
      "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status time-taken",
      "2026-11-22 03:52:33 192.0.2.80 GET /v2/ - 443 - 192.0.2.7 docker/20.10 502 5015",
      "",
    ].join("\n"),
  },
  {
    name: "json-dated",
    title: "any JSON lines with time stamps",
    area: "log",
    file: "src/decode/loggers/json.ts",
    about:
      "A JSON object a line with a time under a usual key, in no format that is known: only its time and level are read.",
    commands: ["cat FILE.jsonl"],
    sample: '{"time":"2026-11-22T03:52:32.525Z","answered":true,"rtt":0.000603}\n',
  },
];
