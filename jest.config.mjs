/** Strips the types; JSX becomes calls of the library that a file names in `@jsxImportSource`. */
const swc = (tsx) => [
  "@swc/jest",
  {
    jsc: {
      target: "es2022",
      parser: { syntax: "typescript", tsx },
      transform: { react: { runtime: "automatic" } },
      experimental: { keepImportAttributes: true },
    },
    module: { type: "es6" },
  },
];

/** Tests are TypeScript ES modules. */
export default {
  testMatch: ["<rootDir>/test/**/*.test.{ts,tsx}"],
  extensionsToTreatAsEsm: [".ts", ".tsx"],
  // Programs read globals in loops: in an ordinary global object that costs next to nothing, in the one that Jest makes 290 ns.
  testEnvironment: "<rootDir>/test/environment/environment.mjs",
  transform: { "^.+\\.ts$": swc(false), "^.+\\.tsx$": swc(true) },
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/fixtures/"],
  // On two cores the default is one worker; the parent process does next to nothing.
  maxWorkers: "100%",
  // Contexts of finished files pile up until they are collected, at a cost that grows with them: a new process is cheaper.
  workerIdleMemoryLimit: "300MB",
  testTimeout: 30000,
};
