import type { Description } from "./types.js";

/** Zeek's logs: a question that was answered, as a table and in JSON. */
export const zeekFormats: readonly Description[] = [
  {
    name: "zeek-table",
    title: "Zeek's logs in columns",
    area: "packets",
    file: "src/decode/zeek/table.ts",
    about:
      "conn.log, dns.log, http.log, ssl.log, files.log, notice.log, weird.log and others, with any separator. The lines that begin with # must be there: they name the columns. A row of dns.log gives the question and, if one was seen, the answer.",
    commands: ["zeek -r FILE", "cat logs/current/dns.log"],
    sample: [
      "#separator \\x09",
      "#set_separator\t,",
      "#empty_field\t(empty)",
      "#unset_field\t-",
      "#path\tdns",
      "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\trtt\tquery\tqtype\tqtype_name\trcode\trcode_name\tAA\tRD\tRA\tanswers",
      "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tcount\tinterval\tstring\tcount\tstring\tcount\tstring\tbool\tbool\tbool\tvector[string]",
      "1795319492.525263\tCYz5pL2Yq3dKQmaBx1\t192.0.2.7\t40123\t192.0.2.53\t53\tudp\t12855\t0.004103\tregistry.test\t1\tA\t0\tNOERROR\tF\tT\tT\t192.0.2.80",
      "",
    ].join("\n"),
  },
  {
    name: "zeek-json",
    title: "Zeek's logs in JSON",
    area: "packets",
    file: "src/decode/zeek/json.ts",
    about:
      "The same logs with a JSON object on each line, by Zeek's own writer (LogAscii::use_json) or the package json-streaming-logs.",
    commands: ["zeek -r FILE LogAscii::use_json=T"],
    sample:
      '{"ts":1795319492.525263,"uid":"CYz5pL2Yq3dKQmaBx1","id.orig_h":"192.0.2.7","id.orig_p":40123,"id.resp_h":"192.0.2.53","id.resp_p":53,"proto":"udp","trans_id":12855,"rtt":0.004103,"query":"registry.test","qclass":1,"qclass_name":"C_INTERNET","qtype":1,"qtype_name":"A","rcode":0,"rcode_name":"NOERROR","AA":false,"TC":false,"RD":true,"RA":true,"Z":0,"answers":["192.0.2.80"],"TTLs":[60.0],"rejected":false}\n',
  },
];
