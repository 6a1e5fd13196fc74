import type { Event } from "../../src/model/event.js";
import { type EngineOptions, RuleEngine } from "../../src/rules/engine.js";
import { loadRules } from "../../src/rules/load.js";
import type { Rule } from "../../src/rules/rule.js";
import { event } from "./events.js";

/** Loads one rule from YAML lines below the fixed head; throws its problems. */
export function rule(body: string, id = "test-rule"): Rule {
  const head = `id: ${id}\ntitle: A test\nseverity: high\ndescription: For tests.\n`;
  const summary = /^summary:/m.test(body) ? "" : 'summary: "{count} matches"\n';
  const { rules, problems } = loadRules([{ file: `${id}.yaml`, text: head + summary + body }]);
  if (problems.length > 0 || rules[0] === undefined) throw new Error(problems.join("\n"));
  return rules[0];
}

/** What the rules say of the events. */
export function judge(rules: Rule | Rule[], events: readonly Event[], options: EngineOptions = {}) {
  const engine = new RuleEngine([rules].flat(), options);
  for (const one of events) engine.push(one);
  return engine.end();
}

/** Counts `leg`s that timed out, by server. */
export const timeouts = rule(`
queries:
  - eql: network where event.action == "dns.leg" and dns.outcome == "timeout"
    confidence: 0.9
group_by: [dns.server.ip]
entities: [dns.server.ip, dns.question.name]
summary: "{dns.server.ip} left {count} questions unanswered ({dns.question.name|no name seen})"
`);
export const leg = (at: number, server: string, name?: string, outcome = "timeout") =>
  event("dns.leg", at, {
    "dns.outcome": outcome,
    "dns.server.ip": server,
    ...(name !== undefined && { "dns.question.name": name }),
  });
