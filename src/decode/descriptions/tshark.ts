import type { Description } from "./types.js";

const ARROW = "\xe2\x86\x92";

/** tshark's outputs of one packet, a query for registry.test; protocols and fields that nobody reads are left out of the long ones. */
export const tsharkFormats: readonly Description[] = [
  {
    name: "tshark-summary",
    title: "tshark's packet list, one line a packet",
    area: "packets",
    file: "src/decode/tshark/summary.ts",
    about:
      "The columns that tshark and Wireshark show of each packet, with times in any of tshark's forms. Ports are shown for TCP and UDP only.",
    commands: ["tshark -r FILE", "tshark -t ud -r FILE"],
    sample: `    1   0.000000    192.0.2.7 ${ARROW} 192.0.2.53   DNS 73 Standard query 0x3237 A registry.test\n`,
  },
  {
    name: "tshark-fields",
    title: "tshark -T fields",
    area: "packets",
    file: "src/decode/tshark/columns.ts",
    about:
      "A table of chosen fields with any separator. Its first line must name them (-E header=y): without names nobody can tell what the columns are.",
    commands: [
      "tshark -T fields -E header=y -e frame.time_epoch -e ip.src -e ip.dst -e dns.id -e dns.qry.name -r FILE",
    ],
    sample:
      "frame.time_epoch\tip.src\tip.dst\tudp.srcport\tudp.dstport\tdns.id\tdns.flags\tdns.qry.name\tdns.qry.type\n1795319192.525263000\t192.0.2.7\t192.0.2.53\t40123\t53\t0x3237\t0x0100\tregistry.test\t1\n",
  },
  {
    name: "tshark-json",
    title: "tshark -T json and -T ek",
    area: "packets",
    file: "src/decode/tshark/json.ts",
    about: "Dissected packets as JSON objects: members of one array, or a line each (-T ek).",
    commands: ["tshark -T json -r FILE", "tshark -T ek -r FILE"],
    sample:
      '{"index":{"_index":"packets-2026-11-22","_type":"doc"}}\n{"timestamp":"1795319192525","layers":{"frame":{"frame_frame_time_epoch":"1795319192.525263000","frame_frame_protocols":"eth:ethertype:ip:udp:dns"},"ip":{"ip_ip_proto":"17","ip_ip_src":"192.0.2.7","ip_ip_dst":"192.0.2.53"},"udp":{"udp_udp_srcport":"40123","udp_udp_dstport":"53"},"dns":{"dns_dns_id":"0x3237","dns_dns_flags":"0x0100","text":["Queries","registry.test: type A, class IN"],"dns_dns_qry_name":"registry.test","dns_dns_qry_type":"1"}}}\n',
  },
  {
    name: "tshark-pdml",
    title: "tshark -T pdml",
    area: "packets",
    file: "src/decode/tshark/pdml.ts",
    about: "Dissected packets as XML, every field with its value and its words.",
    commands: ["tshark -T pdml -r FILE"],
    sample: `<packet>
  <proto name="frame" showname="Frame 1: 73 bytes on wire (584 bits), 73 bytes captured (584 bits)" size="73" pos="0">
    <field name="frame.time_epoch" showname="Epoch Time: 1795319192.525263000 seconds" size="0" pos="0" show="1795319192.525263000"/>
  </proto>
  <proto name="ip" showname="Internet Protocol Version 4, Src: 192.0.2.7, Dst: 192.0.2.53" size="20" pos="14">
    <field name="ip.proto" showname="Protocol: UDP (17)" size="1" pos="23" show="17" value="11"/>
    <field name="ip.src" showname="Source Address: 192.0.2.7" size="4" pos="26" show="192.0.2.7" value="c0000207"/>
    <field name="ip.dst" showname="Destination Address: 192.0.2.53" size="4" pos="30" show="192.0.2.53" value="c0000235"/>
  </proto>
  <proto name="udp" showname="User Datagram Protocol, Src Port: 40123, Dst Port: 53" size="8" pos="34">
    <field name="udp.srcport" showname="Source Port: 40123" size="2" pos="34" show="40123" value="9cbb"/>
    <field name="udp.dstport" showname="Destination Port: 53" size="2" pos="36" show="53" value="0035"/>
  </proto>
  <proto name="dns" showname="Domain Name System (query)" size="31" pos="42">
    <field name="dns.id" showname="Transaction ID: 0x3237" size="2" pos="42" show="0x3237" value="3237"/>
    <field name="dns.flags" showname="Flags: 0x0100 Standard query" size="2" pos="44" show="0x0100" value="0100"/>
    <field name="dns.qry.name" showname="Name: registry.test" size="15" pos="54" show="registry.test" value="08726567697374727904746573740000"/>
    <field name="dns.qry.type" showname="Type: A (Host Address) (1)" size="2" pos="69" show="1" value="0001"/>
  </proto>
</packet>
`,
  },
  {
    name: "tshark-psml",
    title: "tshark -T psml",
    area: "packets",
    file: "src/decode/tshark/psml.ts",
    about: "tshark's packet list as XML, a section for each column.",
    commands: ["tshark -T psml -r FILE"],
    sample: `<packet>
<section>1</section>
<section>0.000000</section>
<section>192.0.2.7</section>
<section>192.0.2.53</section>
<section>DNS</section>
<section>73</section>
<section>Standard query 0x3237 A registry.test</section>
</packet>
`,
  },
  {
    name: "tshark-verbose",
    title: "tshark -V",
    area: "packets",
    file: "src/decode/tshark/verbose.ts",
    about: "Dissected packets as indented text, every protocol and field in words.",
    commands: ["tshark -V -r FILE", "tshark -O dns -r FILE"],
    sample: `Frame 1: 73 bytes on wire (584 bits), 73 bytes captured (584 bits)
    Epoch Time: 1795319192.525263000 seconds
Internet Protocol Version 4, Src: 192.0.2.7, Dst: 192.0.2.53
    Protocol: UDP (17)
    Source Address: 192.0.2.7
    Destination Address: 192.0.2.53
User Datagram Protocol, Src Port: 40123, Dst Port: 53
    Source Port: 40123
    Destination Port: 53
Domain Name System (query)
    Transaction ID: 0x3237
    Flags: 0x0100 Standard query
    Queries
        registry.test: type A, class IN
            Name: registry.test
            Type: A (Host Address) (1)
`,
  },
  {
    name: "wireshark-csv",
    title: "Wireshark's packet list as CSV",
    area: "packets",
    file: "src/decode/tshark/list.ts",
    about: "The packet list as Wireshark exports it (File, Export Packet Dissections, As CSV).",
    commands: ["wireshark FILE"],
    sample:
      '"No.","Time","Source","Destination","Protocol","Length","Info"\n"1","0.000000","192.0.2.7","192.0.2.53","DNS","73","Standard query 0x3237 A registry.test"\n',
  },
];
