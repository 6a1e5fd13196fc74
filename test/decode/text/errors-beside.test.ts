import { describe, expect, it } from "@jest/globals";
import { readText } from "../read-text.js";

const line = (msg: string, pairs: string) =>
  `time="2024-02-03T04:05:01.123456789Z" level=error msg="${msg}" ${pairs}\n`;
const told = (text: string) => readText(text).events.map(({ action }) => action);
const REFUSED = "dial tcp 10.0.0.1:443: connect: connection refused";

describe("an error that stands beside the message", () => {
  it("says what the record tells when nobody knows the message", () => {
    const { events } = readText(line("something went wrong", `error="${REFUSED}"`));
    expect(events[0]).toMatchObject({
      action: "socket.connect",
      fields: { "error.kind": "refused", message: "something went wrong" },
    });
  });

  it("is told behind what the message says", () => {
    expect(told(line('PullImage \\"shop/cart:1\\" failed', `error="${REFUSED}"`))).toEqual([
      "image.pull_error",
      "socket.connect",
    ]);
  });

  it("is read down to the error inside it", () => {
    const error = `failed to do request: Head \\"https://registry.test/v2/\\": ${REFUSED}`;
    expect(told(line("retrying", `error="${error}"`))).toContain("socket.connect");
  });

  it("is not read again when the message names an error itself", () => {
    expect(told(line("Not continuing with error: denied: no", `error="${REFUSED}"`))).toEqual([
      "registry.stop",
      "registry.error",
    ]);
  });

  it("is nothing when its words are unknown", () => {
    expect(told(line("something went wrong", 'error="out of luck"'))).toEqual(["log.line"]);
  });
});
