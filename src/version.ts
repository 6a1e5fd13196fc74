declare const __VERSION__: string | undefined;

/** The program's version; the build puts it in, tests run without one. */
export const VERSION: string = typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0-dev";
