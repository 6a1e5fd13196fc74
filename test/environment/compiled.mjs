import vm from "node:vm";

/**
 * Lets code that a process compiled once be compiled from V8's code cache when the next test file asks for it. Jest has each module compiled anew
 * for each test file, and V8's own cache does not find modules again: to read the sources of some 250 modules takes longer than many a file's tests.
 *
 * A cache is used for a text of the same name and only if that is the same, character for character. The functions made of it are new ones, in the context
 * that asks for them: nothing of one test file reaches another.
 */
export function reuseCompiled() {
  if (vm.SourceTextModule !== undefined) vm.SourceTextModule = reusingModules(vm.SourceTextModule);
  vm.compileFunction = reusingFunctions(vm.compileFunction);
}

/**
 * What may load modules while it runs: of a script that came from its cache V8 does not tell Node who is to load them. Words in texts or comments do no harm.
 */
const LOADS = /\bimport\s*[(/]/;

/**
 * Takes a class of modules made of source text.
 *
 * @returns A class like it, whose modules bring V8's cache of what was compiled under the same identifier.
 */
export function reusingModules(SourceTextModule) {
  const known = new Map();
  return class extends SourceTextModule {
    constructor(text, options) {
      const name = LOADS.test(text) ? undefined : options?.identifier;
      const cachedData = name === undefined ? undefined : of(known, name, text);
      super(text, cachedData === undefined ? options : { ...options, cachedData });
      if (name !== undefined && cachedData === undefined)
        known.set(name, { text, cachedData: this.createCachedData() });
    }
  };
}

/**
 * Takes what compiles a function's body.
 *
 * @returns What does the same, with V8's cache of the body that was compiled under the same file name.
 */
export function reusingFunctions(compileFunction) {
  const known = new Map();
  return (text, parameters, options) => {
    const name = LOADS.test(text) ? undefined : options?.filename;
    if (name === undefined) return compileFunction(text, parameters, options);
    const head = `${name}\n${parameters ?? ""}`;
    const cachedData = of(known, head, text);
    if (cachedData !== undefined) return compileFunction(text, parameters, { ...options, cachedData });
    const compiled = compileFunction(text, parameters, { ...options, produceCachedData: true });
    known.set(head, { text, cachedData: compiled.cachedData });
    return compiled;
  };
}

/** The cache that is known for a text of that name, or undefined. */
const of = (known, name, text) => {
  const one = known.get(name);
  return one?.text === text ? one.cachedData : undefined;
};
