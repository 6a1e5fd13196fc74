declare const __VERSION__: string | undefined;

/** The program's version; the build puts it in, tests run without one. */
export const VERSION: string = typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0-dev";

declare const __BUILD__: string | undefined;

/** A hash of all that the program was built from: two programs that may read evidence differently have different ones. */
export const BUILD: string = typeof __BUILD__ === "string" ? __BUILD__ : VERSION;
