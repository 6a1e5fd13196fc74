import { describe, expect, it } from "@jest/globals";
import { isDockerStream } from "../../../src/decode/docker/stream.js";
import { misplaced, readText } from "../read-text.js";

/** A frame as the Engine API sends it. */
function frame(text: string, stream = 1): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}
const messages = (evidence: Buffer, size?: number) =>
  readText(evidence, size).events.map(({ fields }) => fields["message"]);

describe("container output with its stream headers", () => {
  it("takes the text out of its frames, whatever bytes their lengths have", () => {
    const texts = Array.from({ length: 300 }, (_, i) => "x".repeat(i) + "y");
    const evidence = Buffer.concat(texts.map((text) => frame(`${text}\n`)));
    const { records } = readText(evidence);
    expect(messages(evidence)).toEqual(texts);
    expect(misplaced(evidence, records)).toEqual([]);
    for (const size of [7, 8, 9, 100, 1001]) expect(messages(evidence, size)).toEqual(texts);
  });

  it("tells the streams apart, and reads the time that -t adds", () => {
    const stamp = "2024-02-03T04:05:01.123456789Z";
    const { events } = readText(Buffer.concat([frame(`${stamp} one\n`), frame(`${stamp} two\r\n`, 2)]));
    expect(events.map(({ fields }) => [fields["log.stream"], fields["message"]])).toEqual([
      ["stdout", "one"],
      ["stderr", "two"],
    ]);
    expect(events[0]!.time).toBe(Date.UTC(2024, 1, 3, 4, 5, 1) * 1000 + 123456);
  });

  it("joins a line that was cut into frames", () => {
    const evidence = Buffer.concat([frame("a".repeat(16_384)), frame("b\n"), frame("next\n")]);
    expect(messages(evidence).map((text) => String(text).length)).toEqual([16_385, 4]);
  });

  it("reads what there is of a frame that was cut, and nothing into a length that cannot be", () => {
    expect(messages(Buffer.concat([frame("one\n"), frame("cut short\n").subarray(0, 12)]))).toEqual([
      "one",
      "cut ",
    ]);
    const huge = Buffer.concat([Buffer.from([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]), Buffer.from("text\n")]);
    expect(messages(Buffer.concat([frame("one\n"), huge]))).toEqual(["one", "text"]);
  });

  it("is told from other binary data", () => {
    expect(isDockerStream(frame("one\n"))).toBe(true);
    expect(isDockerStream(Buffer.from([3, 0, 0, 0, 0, 0, 0, 4]))).toBe(false);
    expect(isDockerStream(Buffer.from([1, 0, 0, 0, 9, 0, 0, 4]))).toBe(false);
    expect(isDockerStream(Buffer.from([1, 0, 0, 0]))).toBe(false);
    expect(isDockerStream(Buffer.alloc(4096))).toBe(false);
  });
});
