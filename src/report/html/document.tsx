/** @jsxImportSource preact */
import { createHash } from "node:crypto";
import { embeddedJson } from "./embedded-json.js";
import { SCRIPT, STYLE } from "./generated-client.js";
import { Page, titleOf } from "./page.js";
import { timelineData } from "./timeline/data.js";
import type { View } from "./view.js";

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Nothing is loaded, nothing is sent, and nothing runs but what the page was made with (Content Security Policy Level 3). */
const POLICY = `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}; base-uri 'none'; form-action 'none'`;

const raw = (text: string) => ({ __html: text });

/** The whole document, but for its type. */
export const HtmlDocument = ({ view }: { view: View }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <meta name="generator" content={`hindcast ${view.report.version}`} />
      <title>{titleOf(view)}</title>
      <style dangerouslySetInnerHTML={raw(STYLE)} />
    </head>
    <body>
      <Page view={view} />
      <script
        type="application/json"
        id="study"
        dangerouslySetInnerHTML={raw(embeddedJson(timelineData(view.study)))}
      />
      <script dangerouslySetInnerHTML={raw(SCRIPT)} />
    </body>
  </html>
);
