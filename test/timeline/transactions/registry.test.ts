import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { Coverage } from "../../../src/timeline/topology/coverage.js";
import { Transactions } from "../../../src/timeline/transactions/index.js";
import { assemble, at, noise, of } from "../events.js";

const H = "hub.example.net";
const R = `${H}/billing-web`;

const begin = (t: number, repository = R, tag = "v3") =>
  at(t, "registry.request_begin", {
    "registry.operation": "pull",
    "registry.repository": repository,
    "registry.tag": tag,
  });
const attempt = (t: number, version: string, repository = R, host = H, scheme = "https") =>
  at(t, "registry.attempt", {
    "registry.operation": "pull",
    "registry.repository": repository,
    "registry.host": host,
    "registry.version": version,
    "url.original": `${scheme}://${host}`,
    "url.scheme": scheme,
  });
const v2Error = (t: number, message: string, kind: string, host: string | undefined = H) =>
  at(t, "registry.v2_error", {
    ...(host && { "registry.host": host, "url.original": `https://${host}/v2/` }),
    "registry.version": "v2",
    "error.message": message,
    "error.kind": kind,
  });
const v1Call = (t: number, path: string, host = H) =>
  at(t, "registry.v1_call", {
    "registry.host": host,
    "http.request.method": "GET",
    "url.original": `https://${host}/v1/${path}`,
  });
const status = (t: number, code: number, path: string, host = H) =>
  at(t, "registry.status", {
    "registry.host": host,
    "http.response.status_code": code,
    "url.original": `https://${host}/${path}`,
  });
const access = (t: number, path: string, code: number, agent = "docker/1.8.3 go/go1.4.2") =>
  at(t, "http.access", {
    "source.ip": "198.51.100.7",
    "http.request.method": "GET",
    "url.original": path,
    "http.response.status_code": code,
    "user_agent.original": agent,
  });

function pulls(events: readonly Event[]): Record<string, unknown>[] {
  return of("registry.pull", assemble(events)).map((event) => event.fields);
}

describe("a registry that speaks plain HTTP, on engines that try v1 at each endpoint", () => {
  const tls = () => v2Error(0.1, "tls: oversized record received with length 20527", "tls");
  const first = () => [
    begin(0),
    attempt(0, "v2"),
    tls(),
    attempt(0.2, "v1"),
    attempt(0.3, "v2", R, H, "http"),
  ];

  it("is no fallback if v2 has the image over HTTP", () => {
    expect(pulls([...first(), status(0.5, 200, "v2/billing-web/manifests/v3")])).toMatchObject([
      { "registry.fallback": false, "registry.outcome": "ok" },
    ]);
  });

  it("is one for what v2 said over HTTP", () => {
    const slow = v2Error(5.3, "request canceled while waiting for connection", "cancelled-while-connecting");
    const gone = [
      ...first(),
      slow,
      attempt(5.4, "v1", R, H, "http"),
      v1Call(5.5, "repositories/billing-web/images"),
    ];
    expect(pulls(gone)).toMatchObject([
      { "registry.fallback": true, "registry.v2_error.kind": "cancelled-while-connecting" },
    ]);
  });

  it("stays one when v2 had failed for another reason", () => {
    const failed = [
      begin(0),
      attempt(0, "v2"),
      v2Error(5, "EOF", "eof"),
      attempt(5.1, "v1"),
      attempt(5.2, "v2", R, H, "http"),
    ];
    expect(pulls(failed)[0]).toMatchObject({ "registry.fallback": true, "registry.v2_error.kind": "eof" });
  });
});

describe("a pull that goes on to the next host", () => {
  const MIRROR = "mirror.example.net";
  const N = "library/nginx";
  const begun = () => begin(0, N, "1");
  const atMirror = (t: number) => attempt(t, "v2", N, MIRROR);
  const passedOver = (t: number) => {
    const error = v2Error(t, "connection refused", "refused", MIRROR);
    return { ...error, fields: { ...error.fields, "registry.next": true } };
  };
  const atHub = (t: number) => attempt(t, "v2", N, "registry-1.docker.io");
  const manifest = (t: number) => at(t, "registry.v2_manifest", { "registry.repository": "nginx:1" });
  const ended = (t: number) =>
    at(t, "registry.request_end", {
      "registry.repository": `docker.io/${N}:1`,
      "registry.operation": "pull",
    });
  const failed = (t: number) =>
    at(t, "image.pull_error", { "registry.repository": `docker.io/${N}:1`, "error.message": "no" });

  it("went well if the runtime says that it has the image", () => {
    expect(pulls([begun(), passedOver(1), ended(4)])).toMatchObject([
      { "registry.next": true, "registry.outcome": "ok", "registry.v2_error.kind": "refused" },
    ]);
  });

  it("tells which errors did no harm, if it went well and that is known", () => {
    const harmless = (...events: Event[]) =>
      of("registry.pull", assemble(events)).map(({ madeGood }) => madeGood?.map(({ action }) => action));
    expect(harmless(begun(), passedOver(1), ended(4))).toEqual([["registry.v2_error"]]);
    expect(harmless(begun(), passedOver(1), failed(2))).toEqual([undefined]);
    expect(harmless(begun(), passedOver(1))).toEqual([undefined]);
    // Nobody says that it went on.
    expect(harmless(begun(), v2Error(1, "EOF", "eof", MIRROR), ended(4))).toEqual([undefined]);
    const v1 = [attempt(2, "v1", N, MIRROR), v1Call(2, `repositories/${N}/images`, MIRROR)];
    expect(harmless(begun(), passedOver(1), ...v1, ended(4))).toEqual([undefined]);
  });

  it("failed if the runtime says so", () => {
    expect(pulls([begun(), passedOver(1), failed(2)])).toMatchObject([{ "registry.outcome": "failed" }]);
  });

  it("is another one than the kubelet's next, which went well", () => {
    const outcomes = pulls([begun(), passedOver(1), failed(2), begin(20, N, "1"), ended(24)]);
    expect(outcomes.map((fields) => fields["registry.outcome"])).toEqual(["failed"]);
  });

  it("is not ended by what a kubelet says of an image without a name", () => {
    const nameless = at(2, "image.pull_error", { "error.message": "no" });
    expect(pulls([begun(), passedOver(1), nameless])).toMatchObject([{ "registry.outcome": "unknown" }]);
  });

  it("went well if the hub, asked after a mirror, gave the manifest", () => {
    expect(pulls([begun(), atMirror(0), passedOver(1), atHub(1), manifest(2)])[0]).toMatchObject({
      "registry.host": MIRROR,
      "registry.next": true,
      "registry.outcome": "ok",
    });
  });

  it("is one pull, however long the runtime waited for its second mirror, too", () => {
    const second = { ...v2Error(130, "EOF", "eof", "mirror-2.example.net") };
    second.fields = {
      ...second.fields,
      "registry.next": true,
      "url.original": `https://mirror-2.example.net/v2/${N}/manifests/1`,
    };
    expect(pulls([begun(), passedOver(1), second, ended(240)])).toMatchObject([
      { "registry.host": MIRROR, "registry.outcome": "ok", "registry.v2_error.kind": "refused" },
    ]);
  });

  it("went well at the hub, too, on engines that do not say that they go on", () => {
    const error = v2Error(1, "connection refused", "refused", MIRROR);
    expect(pulls([atMirror(0), error, atHub(1), manifest(2)])[0]).toMatchObject({
      "registry.host": MIRROR,
      "registry.next": true,
      "registry.outcome": "ok",
    });
  });

  it("is not another registry's of the same name", () => {
    const [a, b] = ["a.example.net", "b.example.net"];
    const error = v2Error(1, "connection refused", "refused", a);
    const other = at(2, "registry.v2_manifest", { "registry.repository": `${b}/web:1` });
    const both = pulls([attempt(0, "v2", `${a}/web`, a), error, attempt(1, "v2", `${b}/web`, b), other]);
    expect(both[0]).toMatchObject({ "registry.host": a, "registry.outcome": "unknown" });
  });

  it("does not move on to v1 where v1 is left out, since v2 was found", () => {
    const error = { ...v2Error(1, "unauthorized", "unauthorized"), fields: {} as Event["fields"] };
    error.fields = {
      ...v2Error(1, "unauthorized", "unauthorized").fields,
      "registry.next": true,
      "log.level": "error",
    };
    const skip = at(1, "registry.skip", {
      "registry.version": "v1",
      "registry.host": H,
      "url.original": `https://${H}`,
    });
    expect(pulls([begin(0), attempt(0, "v2"), error])[0]).toMatchObject({ "registry.moved_on": true });
    expect(pulls([begin(0), attempt(0, "v2"), error, skip])[0]!["registry.moved_on"]).toBeUndefined();
  });

  it("is not known to have gone well if the hub failed, too, or another image's pull went well", () => {
    const hubFailed = pulls([
      atMirror(0),
      passedOver(1),
      atHub(1),
      v2Error(2, "EOF", "eof", "registry-1.docker.io"),
    ]);
    expect(hubFailed[0]).toMatchObject({ "registry.host": MIRROR, "registry.outcome": "unknown" });
    const other = attempt(1, "v2", "library/redis", "registry-1.docker.io");
    const redis = at(2, "registry.v2_manifest", { "registry.repository": "redis:1" });
    expect(pulls([atMirror(0), passedOver(1), other, redis])[0]).toMatchObject({
      "registry.outcome": "unknown",
    });
  });

  it("is not said to go on where it fell back to v1", () => {
    const [pull] = pulls([attempt(0, "v2", N, MIRROR), passedOver(1), attempt(1, "v1", N, MIRROR)]);
    expect(pull).toMatchObject({ "registry.fallback": true });
    expect(pull!["registry.next"]).toBeUndefined();
  });
});

describe("what a client prints", () => {
  const printed = (t: number, version: string, repository = R) =>
    at(t, "registry.attempt", {
      "registry.operation": "pull",
      "registry.repository": repository,
      "registry.version": version,
      ...(version === "v2" && { "registry.tag": "v3" }),
    });
  const notFound = (t: number, repository: string) =>
    at(t, "registry.not_found", {
      "registry.repository": repository,
      "registry.tag": "v3",
      "error.kind": "not-found",
    });

  it("is a fallback where v1's words follow v2's for the same image", () => {
    const [pull] = pulls([printed(0, "v2"), printed(9, "v1"), notFound(9.5, "billing-web")]);
    expect(pull).toMatchObject({ "registry.fallback": true, "registry.outcome": "failed" });
  });

  it("names the image as the last word does, too", () => {
    const [pull] = pulls([printed(0, "v2"), printed(9, "v1"), notFound(9.5, "billing-web")]);
    expect(pull!["registry.repository"]).toEqual([R, "billing-web"]);
    const [same] = pulls([printed(0, "v2"), printed(9, "v1"), notFound(9.5, R)]);
    expect(same!["registry.repository"]).toBe(R);
  });

  it("is none where another command stands between them", () => {
    const command = at(5, "shell.command", { "process.command_line": "docker pull x" });
    for (const pull of pulls([printed(0, "v2"), command, printed(9, "v1"), notFound(9.5, R)]))
      expect(pull["registry.fallback"]).toBe(false);
  });

  it("is none where v2 went well, or only v1 was asked, or for another image", () => {
    const well = at(5, "registry.request_end", {
      "registry.operation": "pull",
      "registry.repository": R,
      "registry.tag": "v3",
    });
    for (const events of [
      [printed(0, "v2"), well, printed(9, "v1")],
      [printed(9, "v1"), notFound(9.5, R)],
      [printed(0, "v2"), printed(9, "v1", `${H}/other`)],
    ])
      for (const pull of pulls(events)) expect(pull["registry.fallback"]).toBe(false);
  });
});

describe("the pulls of several hosts in one central log", () => {
  const on = (host: string, event: Event): Event => ({
    ...event,
    fields: { ...event.fields, "host.hostname": host },
  });
  const error = v2Error(0.3, "net/http: request canceled", "timeout");

  it("are kept apart: what failed on one is not made up for on another", () => {
    const told = pulls([
      on("build-3", begin(0)),
      on("build-4", begin(0.05)),
      on("build-3", attempt(0.1, "v2")),
      on("build-4", attempt(0.2, "v2")),
      on("build-3", error),
      on("build-4", at(0.4, "registry.v2_manifest", { "registry.repository": R, "registry.tag": "v3" })),
      on("build-3", attempt(0.5, "v1")),
      noise(1000),
    ]);
    expect(told.map((pull) => [pull["registry.versions"], pull["registry.fallback"] ?? false])).toEqual([
      [["v2", "v1"], true],
      [["v2"], false],
    ]);
  });

  it("are not one pull that goes back to v1, where one host fails and another one knows v1 alone", () => {
    const told = pulls([
      on("build-3", begin(0)),
      on("build-3", attempt(0.1, "v2")),
      on("build-3", error),
      on("build-4", attempt(0.5, "v1")),
      noise(1000),
    ]);
    expect(told.some((pull) => pull["registry.fallback"] === true)).toBe(false);
  });
});

describe("a pull in the daemon's words", () => {
  const fallback = [
    begin(0),
    attempt(0.1, "v2"),
    v2Error(5, "net/http: request canceled while waiting for connection", "cancelled-while-connecting"),
    attempt(5.001, "v1"),
    v1Call(5.002, "repositories/billing-web/images"),
    status(5.1, 404, "v1/repositories/billing-web/tags/v3"),
    at(5.11, "registry.not_found", {
      "registry.repository": R,
      "registry.tag": "v3",
      "error.message": "Tag v3 not found in repository hub.example.net/billing-web",
    }),
    at(5.12, "registry.request_end", {
      "error.message": "Tag v3 not found in repository hub.example.net/billing-web",
    }),
  ];

  it("whose old engine moves on has moved on, until a further v2 attempt is seen", () => {
    const movesOn = at(1, "registry.v2_error", {
      "registry.operation": "pull",
      "registry.version": "v2",
      "registry.next": true,
      "log.level": "error",
      "error.message": "Get https://hub.example.net/v2/: EOF",
      "error.kind": "eof",
    });
    expect(pulls([attempt(0, "v2"), movesOn])).toMatchObject([{ "registry.moved_on": true }]);
    expect(pulls([attempt(0, "v2"), movesOn, attempt(1.1, "v2", R, H, "http")])).not.toMatchObject([
      { "registry.moved_on": true },
    ]);
    expect(pulls([attempt(0, "v2"), movesOn, attempt(1.1, "v1")])).toMatchObject([
      { "registry.fallback": true },
    ]);
  });

  it("of which v2 gave the manifest is well, unless its layers fail", () => {
    const manifest = at(0.5, "registry.v2_manifest", { "registry.repository": R });
    expect(pulls([attempt(0, "v2"), manifest])).toMatchObject([{ "registry.outcome": "ok" }]);
    const end = at(9, "registry.request_end", { "error.message": "unexpected EOF" });
    expect(pulls([attempt(0, "v2"), manifest, end])).toMatchObject([{ "registry.outcome": "failed" }]);
    // The last endpoint's errors end with these words, too, and a client that is told of layers gets no other answer.
    const error = v2Error(9, "unexpected EOF", "eof");
    const next = { ...error, fields: { ...error.fields, "registry.next": true } };
    expect(pulls([attempt(0, "v2"), manifest, next])).toMatchObject([{ "registry.outcome": "unknown" }]);
    const again = at(9.5, "registry.v2_manifest", { "registry.repository": R });
    expect(pulls([attempt(0, "v2"), manifest, next, attempt(9.1, "v2"), again])).toMatchObject([
      { "registry.outcome": "ok" },
    ]);
  });

  it("that the daemon tells as API call and as job is one", () => {
    expect(pulls([begin(0), begin(0), attempt(0.1, "v2"), v2Error(5, "EOF", "eof")])).toHaveLength(1);
  });

  it("that falls back begins when v2 failed: what made it fail comes before", () => {
    const [pull] = of(
      "registry.pull",
      assemble([
        begin(0),
        attempt(0.1, "v2"),
        v2Error(5.1, "request canceled", "timeout"),
        attempt(5.2, "v1"),
      ]),
    );
    expect(pull!.fields).toMatchObject({
      "registry.fallback": true,
      "event.start": v2Error(5.1, "", "").time,
    });
  });

  it("that falls back from v2 to v1 tells the first error and the last", () => {
    const [pull, ...others] = pulls(fallback);
    expect(others).toEqual([]);
    expect(pull).toMatchObject({
      "registry.fallback": true,
      "registry.versions": ["v2", "v1"],
      "registry.outcome": "failed",
      "registry.host": H,
      "registry.repository": R,
      "registry.tag": "v3",
      "registry.v2_error.kind": "cancelled-while-connecting",
      "registry.v2_error.message": "net/http: request canceled while waiting for connection",
      "error.message": "Tag v3 not found in repository hub.example.net/billing-web",
      "error.kind": "not-found",
    });
    expect(of("registry.pull", assemble(fallback))[0]!.cites!.length).toBeLessThanOrEqual(8);
  });

  it("is one pull when the log is there twice", () => {
    const copy = fallback.map((event) => ({
      ...event,
      source: 1,
      time: event.time + 1000,
      latest: event.time + 1000,
    }));
    expect(pulls([...fallback, ...copy].sort((a, b) => a.time - b.time))).toHaveLength(1);
  });

  it("that is repeated is two pulls", () => {
    const again = fallback.map((event) => ({ ...event, time: event.time + 7e6, latest: event.time + 7e6 }));
    expect(pulls([...fallback, ...again])).toHaveLength(2);
  });

  it("works without times", () => {
    expect(pulls(fallback.map((event) => ({ ...event, time: NaN, latest: NaN })))).toMatchObject([
      { "registry.fallback": true, "registry.outcome": "failed" },
    ]);
  });

  it("over v2 alone is no fallback", () => {
    expect(
      pulls([
        begin(0),
        attempt(0.1, "v2"),
        status(0.2, 401, "v2/"),
        status(0.3, 200, "v2/billing-web/manifests/v3"),
      ]),
    ).toMatchObject([{ "registry.fallback": false, "registry.versions": ["v2"], "registry.outcome": "ok" }]);
  });

  it("from https v2 to http v2 is no fallback", () => {
    const events = [
      attempt(0, "v2"),
      v2Error(0.1, "connection refused", "refused"),
      attempt(0.2, "v2", R, H, "http"),
      v2Error(0.3, "connection refused", "refused"),
      at(0.4, "registry.request_end", { "error.message": "connection refused" }),
    ];
    expect(pulls(events)).toMatchObject([
      {
        "registry.fallback": false,
        "registry.versions": ["v2"],
        "registry.outcome": "failed",
        "error.message": "connection refused",
      },
    ]);
  });

  it("from an insecure registry failed as its http endpoint says: that it speaks no TLS is how such pulls begin", () => {
    const noTls = v2Error(0.1, "http: server gave HTTP response to HTTPS client", "tls");
    const gaveUp = v2Error(15, "net/http: request canceled while waiting for connection", "timeout");
    const [http, https] = [attempt(0.2, "v2", R, H, "http"), attempt(0, "v2")];
    const told = (...events: Event[]) => pulls([https, ...events, attempt(15.1, "v1")]);
    const because = (kind: string) => [
      { "registry.fallback": true, "registry.v2_error.kind": kind, "registry.versions": ["v2", "v1"] },
    ];

    expect(told(noTls, http, gaveUp)).toMatchObject(because("timeout"));
    expect(
      told(v2Error(0.1, "tls: oversized record received with length 20527", "tls"), http, gaveUp),
    ).toMatchObject(because("timeout"));
    // What the http endpoint said is not in the evidence.
    expect(told(noTls, http)).toMatchObject(because("tls"));
    // No http endpoint was tried: the registry is not listed as insecure.
    expect(told(noTls, v2Error(0.2, "EOF", "eof"))).toMatchObject(because("tls"));
    // Any other error over TLS says nothing of what is spoken there: the first counts.
    expect(told(v2Error(0.1, "EOF", "eof"), http, gaveUp)).toMatchObject(because("eof"));
  });

  it("tries both v1 endpoints of an insecure registry, and is one", () => {
    const events = [
      attempt(0, "v2"),
      v2Error(0.1, "http: server gave HTTP response to HTTPS client", "tls"),
      attempt(0.2, "v2", R, H, "http"),
      v2Error(0.3, "manifest unknown", "not-found"),
      attempt(0.4, "v1"),
      attempt(0.5, "v1", R, H, "http"),
      v1Call(0.6, "repositories/billing-web/images"),
      at(0.7, "registry.not_found", { "registry.repository": R, "registry.tag": "v3" }),
    ];
    expect(pulls(events)).toMatchObject([
      { "registry.fallback": true, "registry.v2_error.kind": "not-found", "registry.outcome": "failed" },
    ]);
    // Of another repository, or after the first has ended, it is another one's.
    expect(pulls([...events, attempt(0.8, "v1", R, H, "http")])).toHaveLength(2);
    expect(pulls([attempt(0, "v1"), attempt(0.1, "v1", `${H}/shop`, H, "http")])).toHaveLength(2);
  });

  it("from a registry that only speaks v1 is a fallback of its own kind", () => {
    const events = [
      attempt(0, "v2"),
      v2Error(0.1, "unexpected status code 404", "not-found"),
      attempt(0.2, "v1"),
      v1Call(0.3, "repositories/billing-web/images"),
      status(0.4, 200, "v1/repositories/billing-web/tags/v3"),
    ];
    expect(pulls(events)).toMatchObject([
      { "registry.fallback": true, "registry.v2_error.kind": "not-found", "registry.outcome": "ok" },
    ]);
  });

  it("is kept apart from another one at the same time", () => {
    const other = `${H}/shop`;
    const events = [
      attempt(0, "v2"),
      attempt(0.01, "v2", other),
      v2Error(5, "timeout", "timeout"),
      attempt(5.01, "v1"),
      status(5.5, 200, "v2/shop/manifests/v1"),
      status(6, 404, "v1/repositories/billing-web/tags/v3"),
    ];
    expect(pulls(events)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          "registry.repository": R,
          "registry.fallback": true,
          "registry.outcome": "failed",
        }),
        expect.objectContaining({
          "registry.repository": other,
          "registry.fallback": false,
          "registry.outcome": "ok",
        }),
      ]),
    );
  });

  it("whose v2 error names the registry alone is the one that goes on to v1", () => {
    const apps = ["shop", "billing-web", "mail", "wiki"].map((name) => `${H}/${name}`);
    const events = [
      ...apps.map((app, n) => attempt(n / 100, "v2", app)),
      v2Error(5, "request canceled", "timeout"),
      at(5.001, "registry.v2_error", {
        "registry.operation": "pull",
        "registry.next": true,
        "log.level": "error",
        "error.message": "request canceled",
      }),
      attempt(5.002, "v1", R),
      ...["shop", "mail", "wiki"].map((name, n) => status(6 + n, 200, `v2/${name}/manifests/v1`)),
      status(9, 404, "v1/repositories/billing-web/tags/v3"),
    ];
    expect(pulls(events)).toHaveLength(4);
    expect(pulls(events)).toEqual(
      expect.arrayContaining([
        ...["shop", "mail", "wiki"].map((name) =>
          expect.objectContaining({
            "registry.repository": `${H}/${name}`,
            "registry.versions": ["v2"],
            "registry.fallback": false,
            "registry.outcome": "ok",
          }),
        ),
        expect.objectContaining({
          "registry.repository": R,
          "registry.fallback": true,
          "registry.v2_error.message": "request canceled",
          "registry.outcome": "failed",
        }),
      ]),
    );
    const proof = of("registry.pull", assemble(events)).find((pull) => pull.fields["registry.fallback"]);
    expect(proof!.cites!.map((event) => event.action)).toEqual([
      "registry.attempt",
      "registry.v2_error",
      "registry.v2_error",
      "registry.attempt",
      "registry.status",
    ]);
  });

  it("is one of four of its repository when one falls back", () => {
    const four = [0, 1, 2, 3];
    const events = [
      ...four.map((n) => begin(n / 10, R, `v${n}`)),
      ...four.map((n) => attempt(0.5 + n / 100, "v2")),
      ...[0, 1, 3].map((n) => status(1 + n / 10, 200, `v2/billing-web/manifests/v${n}`)),
      v2Error(5.5, "request canceled", "timeout"),
      attempt(5.501, "v1"),
      v1Call(5.502, "repositories/billing-web/images"),
      status(5.51, 404, "v1/repositories/billing-web/tags/v2"),
      at(5.52, "registry.stop", {
        "error.message": "Tag v2 not found in repository hub.example.net/billing-web",
      }),
      at(5.53, "registry.request_end", {
        "error.message": "Tag v2 not found in repository hub.example.net/billing-web",
      }),
    ];
    expect(pulls(events)).toEqual(
      expect.arrayContaining([
        ...[0, 1, 3].map((n) =>
          expect.objectContaining({
            "registry.tag": `v${n}`,
            "registry.fallback": false,
            "registry.outcome": "ok",
          }),
        ),
        expect.objectContaining({
          "registry.tag": "v2",
          "registry.fallback": true,
          "registry.outcome": "failed",
          "error.message": "Tag v2 not found in repository hub.example.net/billing-web",
        }),
      ]),
    );
    expect(pulls(events)).toHaveLength(4);
  });

  it("that falls back is found among four that all do", () => {
    const four = [0, 1, 2, 3];
    const events = [
      ...four.map((n) => attempt(n / 1000, "v2")),
      ...four.map((n) => v2Error(5 + n / 1000, "request canceled", "timeout")),
      ...four.map((n) => attempt(5.01 + n / 1000, "v1")),
      ...four.map((n) => status(6 + n / 1000, 404, "v1/repositories/billing-web/tags/v3")),
      ...four.map((n) => at(6.1 + n / 1000, "registry.request_end", { "error.message": "Tag v3 not found" })),
    ];
    expect(pulls(events).map((pull) => [pull["registry.fallback"], pull["error.message"]])).toEqual(
      four.map(() => [true, "Tag v3 not found"]),
    );
  });

  it.each(["of which the manifest is the last that is heard", "that are told to their end"])(
    "that falls back is found after a thousand healthy ones %s",
    (kind) => {
      const healthy = Array.from({ length: 1000 }, (_, n) => {
        const [t, tag] = [n / 10, `v${n}`];
        return [
          begin(t, R, tag),
          attempt(t + 0.01, "v2"),
          kind.startsWith("of")
            ? at(t + 0.03, "registry.v2_manifest", { "registry.repository": `${R}:${tag}` })
            : status(t + 0.03, 200, `v2/billing-web/manifests/${tag}`),
        ];
      }).flat();
      const later = fallback.map((event) => ({
        ...event,
        time: event.time + 101e6,
        latest: event.time + 101e6,
      }));
      const all = pulls([...healthy, ...later]);
      expect(all).toHaveLength(1001);
      expect(all.filter((pull) => pull["registry.outcome"] === "ok")).toHaveLength(1000);
      expect(all.filter((pull) => pull["registry.fallback"])).toMatchObject([
        {
          "registry.versions": ["v2", "v1"],
          "registry.outcome": "failed",
          "registry.tag": "v3",
          "error.kind": "not-found",
        },
      ]);
    },
  );

  it("that has ended takes its last words, and no attempt of the next one", () => {
    const message = "manifest unknown";
    const events = [
      attempt(0, "v2"),
      at(0.1, "registry.stop", { "error.message": message }),
      attempt(0.2, "v2"),
      at(0.3, "registry.request_end", { "error.message": message }),
      status(0.4, 200, "v2/billing-web/manifests/v4"),
    ];
    expect(pulls(events)).toMatchObject([
      { "registry.outcome": "failed", "error.message": message },
      { "registry.outcome": "ok", "registry.tag": "v4" },
    ]);
    expect(pulls(events)[1]).not.toHaveProperty("error.message", message);
  });

  it("does not fail with another, whose failure is told in several ways", () => {
    const missing = { "error.message": "Tag v9 not found in repository hub.example.net/shop" };
    const events = [
      attempt(0, "v2"),
      attempt(0.1, "v2", `${H}/shop`),
      at(0.2, "registry.not_found", { "registry.repository": `${H}/shop`, ...missing }),
      at(0.21, "registry.stop", missing),
      at(0.22, "registry.request_end", missing),
      status(3, 200, "v2/billing-web/manifests/v3"),
    ];
    expect(pulls(events)).toEqual([
      expect.objectContaining({ "registry.repository": `${H}/shop`, "registry.outcome": "failed" }),
      expect.objectContaining({ "registry.repository": R, "registry.outcome": "ok" }),
    ]);
  });

  it("by digest is one of its repository", () => {
    const manifest = at(1, "registry.v2_manifest", { "registry.repository": `${R}@sha256:4af68f55` });
    expect(pulls([attempt(0, "v2"), manifest])).toMatchObject([
      { "registry.repository": R, "registry.outcome": "ok" },
    ]);
  });

  it("is the same, and told at the same place, whatever else passes between", () => {
    // Each pull is over five seconds after its last line, shortly before the next one begins.
    const events = Array.from({ length: 50 }, (_, n) => [
      attempt(n * 5.9, "v2", `${H}/app-${n}`),
      status(n * 5.9 + 0.5, 200, `v2/app-${n}/manifests/v3`),
    ]).flat();
    const passing = Array.from({ length: 300 }, (_, n) => noise(0.37 + n * 1.009));
    const both = [...events, ...passing].sort((a, b) => a.time - b.time);
    const told = (all: readonly Event[]) => {
      const out: string[] = [];
      const transactions = new Transactions({ coverage: new Coverage() });
      const emit = (event: Event) => out.push(JSON.stringify(event.fields));
      for (const event of all) {
        transactions.push(event, emit);
        if (events.includes(event)) out.push(`line ${event.line}`);
      }
      transactions.end(emit);
      return out;
    };
    expect(told(both)).toEqual(told(events));
  });

  it("an hour after a v2 error is no fallback of it", () => {
    expect(
      pulls([v2Error(0, "timeout", "timeout"), attempt(3600, "v1")]).map((pull) => pull["registry.fallback"]),
    ).toEqual([false, false]);
  });

  it("searching over v1 is no pull", () => {
    expect(pulls([v1Call(0, "_ping"), v1Call(0.1, "search?q=nginx")])).toEqual([]);
  });
});

describe("a pull as the registry's server sees it", () => {
  it("from v2 to v1 within seconds is a fallback", () => {
    expect(
      pulls([access(0, "/v2/", 401), access(0.1, "/v1/_ping", 404), access(0.2, "/v1/users/", 404)]),
    ).toMatchObject([
      {
        "registry.fallback": true,
        "registry.v2_error.kind": "unauthorized",
        "registry.outcome": "failed",
        "registry.seen_by": "server",
      },
    ]);
  });

  it("from v2 to v1 is a fallback, too, when v2 gave what it was asked for: the client could not use it", () => {
    const manifest = access(0, "/v2/team/web/manifests/3", 200);
    const images = (t: number, repository: string, agent?: string) =>
      access(t, `/v1/repositories/${repository}/images`, 404, agent);
    expect(pulls([manifest, images(0.2, "team/web")])).toMatchObject([
      {
        "registry.fallback": true,
        "registry.v2_error.kind": undefined,
        "registry.v2_error.message": "status code 200, and the client went on",
        "registry.versions": ["v2", "v1"],
        "registry.outcome": "failed",
      },
    ]);
    expect(pulls([access(0, "/v2/team/web/blobs/sha256:4af6", 200), images(0.2, "team/web")])).toMatchObject([
      { "registry.fallback": true },
    ]);
    const noFallback = [{ "registry.fallback": false, "registry.versions": ["v1"] }];
    // Another repository, another engine at the same address, a minute later; a list of tags is no pull.
    expect(pulls([manifest, images(0.2, "team/shop")])).toMatchObject(noFallback);
    expect(pulls([manifest, images(0.2, "team/web", "docker/1.5.0 go/go1.4.1")])).toMatchObject(noFallback);
    expect(pulls([manifest, images(60, "team/web")])).toMatchObject(noFallback);
    expect(pulls([access(0, "/v2/team/web/tags/list", 200), images(0.2, "team/web")])).toMatchObject(
      noFallback,
    );
  });

  it("with a challenge and a token is healthy", () => {
    expect(
      pulls([
        access(0, "/v2/", 401),
        access(0.1, "/v2/", 200),
        access(0.2, "/v2/a/manifests/1", 200),
        access(3, "/v1/_ping", 200),
        access(3.1, "/v1/search?q=a", 200),
      ]),
    ).toEqual([]);
  });

  it("over v1 alone tells so", () => {
    expect(
      pulls([access(0, "/v1/repositories/a/images", 200), access(0.1, "/v1/repositories/a/tags/1", 404)]),
    ).toMatchObject([
      {
        "registry.fallback": false,
        "registry.versions": ["v1"],
        "registry.outcome": "failed",
        "registry.repository": "a",
      },
    ]);
  });

  it("needs a registry's own path where the log does not name the client", () => {
    const unnamed = (t: number, path: string, code: number) => access(t, path, code, "-");
    expect(pulls([unnamed(0, "/v2/orders", 404), unnamed(0.1, "/v1/orders", 200)])).toEqual([]);
    expect(pulls([unnamed(0, "/v2/", 404), unnamed(0.1, "/v1/_ping", 200)])).toMatchObject([
      { "registry.fallback": true },
    ]);
  });

  it("of a scanner is none", () => {
    expect(
      pulls([access(0, "/v2/_catalog", 404, "Mozilla/5.0"), access(0.1, "/v1/_ping", 404, "Mozilla/5.0")]),
    ).toEqual([]);
  });
});
