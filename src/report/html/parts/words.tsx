/** @jsxImportSource preact */
import type { ReportFinding } from "../../contract.js";
import { counted } from "../../page.js";

/** Prose in which `words between backticks` are code. */
export const Prose = ({ text }: { text: string }) => (
  <>{text.split(/`([^`]+)`/).map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>
);

/** How grave it is. */
export const Severity = ({ finding: { severity } }: { finding: ReportFinding }) => (
  <span class={`severity ${severity}`}>{severity}</span>
);

/** `97 % sure`. */
export const sureness = (confidence: number): string => `${Math.round(confidence * 100)} % sure`;

/** `97 % sure, 4 times`. */
export const sureAndOften = ({ confidence, count }: ReportFinding): string =>
  sureness(confidence) + (count > 1 ? `, ${counted(count, "time")}` : "");
