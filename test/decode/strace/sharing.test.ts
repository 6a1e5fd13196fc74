import { describe, expect, it } from "@jest/globals";
import { open, ready, receive, SERVER, send, silence, waits } from "./lines.js";

describe("who shares what", () => {
  const clone =
    "1 clone(child_stack=0x7f00, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD) = 2";

  it("threads share descriptors", () => {
    expect(
      waits([
        clone,
        ...open(3).map((line) => "1 " + line),
        "1 " + send(3),
        "2 " + silence(3),
        "1 close(3) = 0",
      ]),
    ).toHaveLength(1);
  });

  it("a fork's child has copies, which the parent's close leaves alone", () => {
    const fork = "1 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f00) = 2";
    const [wait] = waits([
      ...open(3).map((line) => "1 " + line),
      fork,
      "1 close(3) = 0",
      "2 " + send(3),
      "2 " + silence(3),
      "2 +++ exited with 0 +++",
    ]);
    expect(wait?.fields["process.pid"]).toBe(2);
  });

  it("a fork's new sockets are its own", () => {
    const fork = "1 vfork() = 2";
    expect(
      waits([
        fork,
        ...open(3).map((line) => "1 " + line),
        "1 " + send(3),
        "2 " + silence(3),
        "1 " + ready(3),
        "1 " + receive(3),
      ]),
    ).toHaveLength(0);
  });

  it("a child that shows up before its clone returns is nobody else", () => {
    const begin = "1 clone3({flags=CLONE_VM|CLONE_FILES|CLONE_THREAD, exit_signal=0} <unfinished ...>";
    const end = "1 <... clone3 resumed> => {parent_tid=[2]}, 88) = 2";
    expect(
      waits([
        ...open(3).map((line) => "1 " + line),
        "1 " + send(3),
        begin,
        "2 " + silence(3),
        end,
        "1 close(3) = 0",
      ]),
    ).toHaveLength(1);
  });

  it("exec closes what was marked so", () => {
    const lines = (flags: string) => [
      ...open(3, SERVER, flags),
      send(3),
      'execve("/bin/true", ["true"], 0x7ffd) = 0',
      silence(3),
    ];
    expect(waits(lines(""))).toHaveLength(1);
    expect(waits(lines("|SOCK_CLOEXEC"))).toHaveLength(0);
  });

  it("dup makes another name for the same socket", () => {
    expect(
      waits([...open(3), "dup(3) = 5", "close(3) = 0", send(5), silence(5), "close(5) = 0"]),
    ).toHaveLength(1);
    expect(
      waits([
        ...open(3),
        "fcntl(3, F_DUPFD_CLOEXEC, 10) = 10",
        send(3),
        silence(10),
        "close(3) = 0",
        "close(10) = 0",
      ]),
    ).toHaveLength(1);
  });

  it("attached processes with the same descriptor numbers do not testify against each other", () => {
    expect(
      waits([
        ...open(3).map((line) => "1 " + line),
        "1 " + send(3),
        "2 " + silence(3),
        "1 " + ready(3),
        "1 " + receive(3),
      ]),
    ).toHaveLength(0);
  });
});
