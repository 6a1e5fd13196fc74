import type { Description } from "./types.js";

const CURSOR =
  "s=9160f3e403a142d78fff9994d2bbb0a4;i=1;b=b1f0c0ffee0a4a5e9c0d1e2f3a4b5c6d;m=3b9aca00;t=660d5649c3ccf;x=3e28bd0291e19063";

export const journalFormats: readonly Description[] = [
  {
    name: "journal-file",
    title: "a journal file as systemd-journald writes it (.journal)",
    area: "log",
    file: "src/decode/journal/binary/",
    about:
      "A journal as systemd-journald writes it, regular or compact, compressed or not, also archived, cut or damaged. Its entries are read as those of journal-export.",
    commands: ["cp /var/log/journal/*/*.journal DIR"],
    like: "journal-export",
  },
  {
    name: "journal-json",
    title: "journalctl -o json, json-pretty, json-sse, json-seq",
    area: "log",
    file: "src/decode/journal/json.ts",
    about:
      "Journal entries as JSON objects: one a line, indented, as server-sent events, or after record separators; also as jq prints them.",
    commands: [
      "journalctl -o json",
      "journalctl -o json-pretty -a",
      "journalctl -o json-sse",
      "journalctl -o json-seq",
    ],
    sample: `{"__CURSOR":"${CURSOR}","__REALTIME_TIMESTAMP":"1795319492525263","_HOSTNAME":"corpdev1","SYSLOG_IDENTIFIER":"systemd","_PID":"1","PRIORITY":"6","MESSAGE":"Started Docker Application Container Engine."}\n`,
  },
  {
    name: "journal-export",
    title: "journalctl -o export",
    area: "log",
    file: "src/decode/journal/export.ts",
    about:
      "The journal's exchange format: a field a line, those that are no plain text with their length before them, a blank line after each entry.",
    commands: ["journalctl -o export"],
    sample: `__CURSOR=${CURSOR}\n__REALTIME_TIMESTAMP=1795319492525263\n_HOSTNAME=corpdev1\nSYSLOG_IDENTIFIER=systemd\n_PID=1\nPRIORITY=6\nMESSAGE=Started Docker Application Container Engine.\n\n`,
  },
  {
    name: "journal-verbose",
    title: "journalctl -o verbose",
    area: "log",
    file: "src/decode/journal/verbose.ts",
    about: "Journal entries with all their fields, one a line, under a heading with date and cursor.",
    commands: ["journalctl -o verbose"],
    sample: `Sun 2026-11-22 03:51:32.525263 UTC [${CURSOR}]\n    MESSAGE=Started Docker Application Container Engine.\n    PRIORITY=6\n    SYSLOG_IDENTIFIER=systemd\n    _PID=1\n    _HOSTNAME=corpdev1\n`,
  },
];
