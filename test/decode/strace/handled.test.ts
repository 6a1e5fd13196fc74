import { describe, expect, it } from "@jest/globals";
import { at, open, send, silence, waits } from "./lines.js";

describe("traces that people handled", () => {
  const quoted = (line: string) => `"${line.replaceAll('"', '""')}"`;

  it("read a spreadsheet's cells", () => {
    expect(
      waits(
        [...open(3), send(3), silence(3), "close(3) = 0"].map((line) => quoted("4669  " + line) + "\t5.1"),
      ),
    ).toHaveLength(1);
    expect(
      waits([...open(3), send(3), silence(3), "close(3) = 0"].map((line) => "4669," + quoted(line))),
    ).toHaveLength(1);
    expect(
      waits([...open(3), send(3), silence(3) + " \t5.005197", "close(3) = 0"].map((line) => "4669  " + line)),
    ).toHaveLength(1);
  });

  it("accuse nobody by a trace that was sorted by its spans", () => {
    const fill = Array.from({ length: 30 }, (_, i) => `close(${i + 50}) = 0 <0.0000${String(i + 10)}>`);
    const calls = [...open(3), send(3)].map((line, i) => `${line} <0.00010${i}>`);
    const sorted = [...fill, ...calls, silence(3) + " <5.005197>", silence(3) + " <5.005199>"];
    expect(waits(sorted)).toHaveLength(0);
    expect(waits([...sorted].reverse())).toHaveLength(0);
  });

  it("accuse nobody when stamps run backwards all the time", () => {
    const lines = [...open(3), send(3), silence(3), ...open(3), send(3), silence(3), "close(3) = 0"].map(
      (line, i) => at(50 - i * 5, line, "7 "),
    );
    expect(waits(lines).length).toBeLessThanOrEqual(1);
  });

  it("survive a clock that was set back once", () => {
    const lines = [...open(3), send(3), silence(3), "close(3) = 0"];
    expect(waits(lines.map((line, i) => at(i < 3 ? 30 : 10, line)))).toHaveLength(1);
  });

  it("read a ^C glued to the last call", () => {
    expect(waits([...open(3), send(3), silence(3) + "^Cstrace: Process 4242 detached"])).toHaveLength(1);
    expect(
      waits([
        ...open(3),
        send(3),
        "poll([{fd=3, events=POLLIN}], 1, 5000^Cstrace: Process 4242 detached",
        " <detached ...>",
      ]),
    ).toHaveLength(0);
  });
});
