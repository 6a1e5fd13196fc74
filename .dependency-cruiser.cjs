/** The stages of the road, first to last. A stage may import itself, `model`, and stages before it. */
const ROAD = ["evidence", "scan", "grammar", "decode", "clock", "timeline", "rules", "diagnosis", "report", "redact", "export", "explore"];
const forbidden = ROAD.map((stage, i) => ({
  name: `one-way-${stage}`,
  comment: `src/${stage} must not know the stages after it`,
  severity: "error",
  from: { path: `^src/${stage}/` },
  to: { path: `^src/(${[...ROAD.slice(i + 1), "run", "api", "cli"].join("|")})/` },
}));
module.exports = {
  forbidden: [
    ...forbidden,
    { name: "model-is-the-bottom", severity: "error", from: { path: "^src/model/" }, to: { path: "^src/(?!model/)" } },
    {
      name: "cli-through-the-library",
      comment: "the command line uses what the library gives, and what the build has made ready of it",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^src/(?!cli/|api/|version|ready)" },
    },
    { name: "run-below-the-library", severity: "error", from: { path: "^src/run/" }, to: { path: "^src/(api|cli)/" } },
    { name: "library-below-cli", severity: "error", from: { path: "^src/api/" }, to: { path: "^src/cli/" } },
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { extensions: [".ts", ".js"] },
  },
};
