import vm from "node:vm";
import { describe, expect, it } from "@jest/globals";
import { reusingFunctions, reusingModules } from "./compiled.mjs";

describe("functions compiled again", () => {
  /** Notes what V8 was given for each function, and whether it took it. */
  function watched() {
    const seen: { given: boolean; taken: boolean }[] = [];
    const compile = reusingFunctions(((
      text: string,
      parameters: string[],
      options: vm.CompileFunctionOptions,
    ) => {
      const compiled = vm.compileFunction(text, parameters, options);
      const given = options?.cachedData !== undefined;
      seen.push({ given, taken: given && compiled.cachedDataRejected === false });
      return compiled;
    }) as typeof vm.compileFunction);
    return { seen, compile };
  }

  const NOT_GIVEN = { given: false, taken: false };
  const TAKEN = { given: true, taken: true };

  it("take V8's cache of the same text", () => {
    const { seen, compile } = watched();
    expect(compile("return a + 1", ["a"], { filename: "one.js" })(1)).toBe(2);
    expect(compile("return a + 1", ["a"], { filename: "one.js" })(2)).toBe(3);
    expect(seen).toEqual([NOT_GIVEN, TAKEN]);
  });

  it("take none of another text of the same name and length", () => {
    const { seen, compile } = watched();
    expect(compile("return a + 1", ["a"], { filename: "one.js" })(1)).toBe(2);
    expect(compile("return a + 2", ["a"], { filename: "one.js" })(1)).toBe(3);
    expect(seen).toEqual([NOT_GIVEN, NOT_GIVEN]);
  });

  it("take none of a function with other parameters", () => {
    const { seen, compile } = watched();
    expect(compile("return a - b", ["a", "b"], { filename: "one.js" })(3, 1)).toBe(2);
    expect(compile("return a - b", ["b", "a"], { filename: "one.js" })(3, 1)).toBe(-2);
    expect(seen).toEqual([NOT_GIVEN, NOT_GIVEN]);
  });

  it("take none where they have no name", () => {
    const { seen, compile } = watched();
    for (const _ of [1, 2]) expect(compile("return 1")()).toBe(1);
    expect(seen).toEqual([NOT_GIVEN, NOT_GIVEN]);
  });

  it("take none where they load modules as they run, so that whoever compiles them is asked for these", async () => {
    const { seen, compile } = watched();
    for (const asked of ["first", "second"]) {
      const importModuleDynamically = async () => {
        const loaded = new vm.SyntheticModule(["by"], () => loaded.setExport("by", asked));
        await loaded.link(() => loaded);
        await loaded.evaluate();
        return loaded;
      };
      const options = { filename: "one.js", importModuleDynamically } as vm.CompileFunctionOptions;
      expect(await compile("return import('./other.js')", [], options)()).toMatchObject({ by: asked });
    }
    expect(seen).toEqual([NOT_GIVEN, NOT_GIVEN]);
  });

  it("are others than before, in the context that asks for them", () => {
    const { compile } = watched();
    const [one, two] = [vm.createContext({ name: "one" }), vm.createContext({ name: "two" })];
    const inContext = (parsingContext: vm.Context) =>
      compile("return name", [], { filename: "one.js", parsingContext });
    expect([inContext(one)(), inContext(two)()]).toEqual(["one", "two"]);
  });
});

describe("modules compiled again", () => {
  /** Stands for Node's class and notes which texts came with a cache. */
  function watched() {
    const seen: (string | undefined)[] = [];
    class Recording {
      constructor(
        readonly text: string,
        options?: { cachedData?: string },
      ) {
        seen.push(options?.cachedData);
      }

      createCachedData() {
        return `cache of ${this.text}`;
      }
    }
    return {
      seen,
      Module: reusingModules(Recording as never) as unknown as new (
        text: string,
        options?: object,
      ) => Recording,
    };
  }

  it("take the cache of the same text, once one was made", () => {
    const { seen, Module } = watched();
    for (const _ of [1, 2, 3]) new Module("a", { identifier: "one.js" });
    expect(seen).toEqual([undefined, "cache of a", "cache of a"]);
  });

  it("take none of another text of the same name, nor of the same text of another name", () => {
    const { seen, Module } = watched();
    new Module("a", { identifier: "one.js" });
    new Module("b", { identifier: "one.js" });
    new Module("b", { identifier: "two.js" });
    expect(seen).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    "const a = await import('./a.js')",
    "const a = () => import ('./a.js')",
    "import/* a */('./a.js')",
  ])("take none where they load modules as they run: %s", (text) => {
    const { seen, Module } = watched();
    for (const _ of [1, 2]) new Module(text, { identifier: "one.js" });
    expect(seen).toEqual([undefined, undefined]);
  });

  it("take it where they only name others", () => {
    const { seen, Module } = watched();
    const text = "import { a } from './a.js'; export const reimport = () => import.meta.url + a;";
    for (const _ of [1, 2]) new Module(text, { identifier: "one.js" });
    expect(seen).toEqual([undefined, `cache of ${text}`]);
  });

  it("take none where they have no name", () => {
    const { seen, Module } = watched();
    for (const _ of [1, 2]) new Module("a");
    expect(seen).toEqual([undefined, undefined]);
  });
});
