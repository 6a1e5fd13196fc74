import type { Report, ReportProblem, ReportSource } from "../../report/contract.js";
import type { Exporter } from "../handover.js";
import { json } from "../json.js";
import { Artifacts, BASE, plainText, uriOf } from "./location.js";
import { resultOf } from "./result.js";
import { descriptorOf, type RuleText } from "./rule.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * Findings in the Static Analysis Results Interchange Format
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html): one run, its rules with help,
 * the evidence as artifacts with their hashes, what could not be read as notifications.
 *
 * @param rules the rules that were asked; those that fired are described
 */
export const exportSarif = (rules: readonly RuleText[]): Exporter =>
  async function* ({ report, version }) {
    if (report) yield `${json(sarifLog(report, rules, version), 2)}\n`;
  };

function sarifLog(report: Report, rules: readonly RuleText[], version: string) {
  const artifacts = new Artifacts(report.sources);
  const texts = new Map(rules.map((rule) => [rule.id, rule]));
  const fired = [...new Map(report.findings.map((finding) => [finding.rule, finding])).values()];
  const indexOf = new Map(fired.map(({ rule }, i) => [rule, i]));
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "hindcast",
            version,
            rules: fired.map((finding) => descriptorOf(finding, texts.get(finding.rule))),
          },
        },
        invocations: [
          {
            executionSuccessful: !report.problems.some(({ severity }) => severity === "error"),
            ...(report.problems.length > 0 && {
              toolExecutionNotifications: report.problems.map(notificationOf),
            }),
          },
        ],
        originalUriBaseIds: {
          [BASE]: { description: { text: "The folder that the paths of the evidence are relative to" } },
        },
        artifacts: report.sources.map(artifactOf),
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) =>
          resultOf(finding, indexOf.get(finding.rule)!, report, artifacts),
        ),
      },
    ],
  };
}

const artifactOf = ({ path, bytes, sha256, format }: ReportSource) => ({
  location: { uri: uriOf(path), uriBaseId: BASE },
  length: bytes,
  roles: ["analysisTarget"],
  ...(sha256 !== "" && { hashes: { "sha-256": sha256 } }),
  properties: { format },
});

const notificationOf = ({ path, line, offset, severity, message }: ReportProblem) => ({
  level: severity,
  message: { text: plainText(message) },
  ...(path !== "" && {
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path), uriBaseId: BASE },
          ...((line !== undefined || offset !== undefined) && {
            region: {
              ...(line !== undefined && line > 0 && { startLine: line }),
              ...(offset !== undefined && { byteOffset: offset }),
            },
          }),
        },
      },
    ],
  }),
});
