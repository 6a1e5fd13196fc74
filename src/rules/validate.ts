import { Ajv, type ErrorObject } from "ajv";
import { nearest } from "./eql/problem.js";
import schema from "./rule.schema.json" with { type: "json" };
import type { Path } from "./rule-text.js";

const validateSchema = new Ajv({ allErrors: true, verbose: true, strict: false }).compile(schema);

/** What a rule file's value has against the schema, in sentences, with the path of each place. Empty: nothing. */
export function validate(value: unknown): { path: Path; message: string }[] {
  if (validateSchema(value)) return [];
  return (validateSchema.errors ?? []).slice(0, 10).map((error) => ({
    path: pathOf(error),
    message: messageOf(error, value),
  }));
}

function pathOf(error: ErrorObject): Path {
  const path: (string | number)[] = error.instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  if (error.keyword === "additionalProperties") path.push(String(error.params["additionalProperty"]));
  return path;
}

function messageOf(error: ErrorObject, value: unknown): string {
  const where = pathOf(error).join(".") || "the rule";
  switch (error.keyword) {
    case "additionalProperties": {
      const name = String(error.params["additionalProperty"]);
      const known = Object.keys((error.parentSchema?.["properties"] as object | undefined) ?? {});
      const meant = nearest(name, known);
      return `\`${name}\` is no part of a rule here${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
    }
    case "required":
      return `${where} needs \`${String(error.params["missingProperty"])}\``;
    case "enum":
      return `${where} must be one of ${(error.params["allowedValues"] as string[]).join(", ")}`;
    case "type":
      return value === null
        ? "the file is empty"
        : `${where} must be of type ${String(error.params["type"])}`;
    case "pattern":
      return `${where} must look like ${String(error.params["pattern"])}`;
    default:
      return `${where} ${error.message ?? "is not valid"}`;
  }
}
