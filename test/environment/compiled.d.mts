import type vm from "node:vm";

export function reuseCompiled(): void;

export function reusingModules<
  Module extends new (
    text: string,
    options?: vm.SourceTextModuleOptions,
  ) => vm.SourceTextModule,
>(SourceTextModule: Module): Module;

export function reusingFunctions(compileFunction: typeof vm.compileFunction): typeof vm.compileFunction;
