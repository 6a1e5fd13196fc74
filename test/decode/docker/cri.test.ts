import { describe, expect, it } from "@jest/globals";
import { misplaced, readText } from "../read-text.js";

const line = (text: string, tag = "F", stream = "stdout", second = 1) =>
  `2024-02-03T04:05:0${second}.123456789Z ${stream} ${tag} ${text}\n`;
const messages = (text: string, size?: number) =>
  readText(Buffer.from(text), size).events.map(({ fields }) => fields["message"]);

describe("CRI container logs", () => {
  it("reads time, stream and text", () => {
    const { events } = readText(
      line("ready") + line("dial tcp 10.0.0.1:443: connect: connection refused", "F", "stderr"),
    );
    expect(events.map(({ action, fields }) => [action, fields["log.stream"]])).toEqual([
      ["log.line", "stdout"],
      ["socket.connect", "stderr"],
    ]);
    expect(events[0]!.time).toBe(Date.UTC(2024, 1, 3, 4, 5, 1) * 1000 + 123456);
  });

  it("joins the parts of a long line, with the first part's time", () => {
    const text =
      line("before") + line("a".repeat(100), "P") + line("b", "P", "stdout", 2) + line("c") + line("after");
    const { events, records } = readText(text);
    expect(messages(text)).toEqual(["before", `${"a".repeat(100)}bc`, "after"]);
    expect(events[1]!.time).toBe(events[0]!.time);
    expect(misplaced(Buffer.from(text), records)).toEqual([]);
    for (const size of [10, 50, 131]) expect(messages(text, size)).toEqual(messages(text));
  });

  it("joins only parts of one stream, and ends where the file does", () => {
    expect(messages(line("half", "P") + line("other", "F", "stderr") + line(" more"))).toEqual([
      "half",
      "other",
      " more",
    ]);
    expect(messages(line("one") + line("half", "P"))).toEqual(["one", "half"]);
  });

  it("reads empty lines, offsets and the carriage returns of terminals", () => {
    const evidence =
      "2024-02-03T04:05:01.1+03:00 stdout F \r\n2024-02-03T04:05:01.1+03:00 stdout F\n" + line("text\r");
    expect(messages(evidence)).toEqual(["", "", "text"]);
    expect(readText(evidence).events[0]!.time).toBe(Date.UTC(2024, 1, 3, 1, 5, 1) * 1000 + 100000);
  });

  it("does not take docker logs -t for its own", () => {
    const { records } = readText("2024-02-03T04:05:01.123456789Z stdout Full\n");
    expect(records.map(({ by }) => by)).toEqual(["docker-logs"]);
  });
});
