import type { Expression } from "../eql/ast.js";

/** A condition of Sigma's, which is either true or false: a field that is absent fits nothing. */
export type Truth =
  | { op: "and" | "or"; of: Truth[] }
  | { op: "not"; of: Truth }
  /** One test of one field. */
  | { op: "test"; field: string; test: Expression };

const isAbsent = (field: string): Expression => ({
  op: "compare",
  is: "==",
  left: { op: "field", name: field },
  right: { op: "constant", value: null },
});

const joined = (op: "and" | "or", of: readonly Expression[]): Expression => {
  const flat = of.flatMap((one) => (one.op === op ? one.of : [one]));
  return flat.length === 1 ? flat[0]! : { op, of: flat };
};

/**
 * The same condition in EQL, where a test of an absent field is neither true nor false, and so is its negation. Negations are
 * therefore moved to the tests, and `not a == 1` becomes `a == null or not a == 1`.
 */
export function toEql(truth: Truth, negated = false): Expression {
  switch (truth.op) {
    case "not":
      return toEql(truth.of, !negated);
    case "and":
    case "or": {
      const op = (truth.op === "and") === negated ? "or" : "and";
      return joined(
        op,
        truth.of.map((one) => toEql(one, negated)),
      );
    }
    case "test": {
      const { field, test } = truth;
      if (!negated) return test;
      if (test.op === "compare" && test.right.op === "constant" && test.right.value === null)
        return { ...test, is: test.is === "==" ? "!=" : "==" };
      return joined("or", [isAbsent(field), { op: "not", of: test }]);
    }
  }
}
