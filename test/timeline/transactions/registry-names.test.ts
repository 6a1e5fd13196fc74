import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { placeOf } from "../../../src/timeline/transactions/registry/names.js";

const forget = () => placeOf("forget://nothing.example/v2/");

const beginning = fc.stringMatching(/^(?:https?:\/\/[ab]{0,2}(?::5000)?)?\/?v[123][/?#.0]?$/);
const behind = fc.stringMatching(/^(?:[/?#]|a|manifests|tags|repositories|blobs){0,6}$/);

describe("the place that a registry's URL names", () => {
  it("is a repository and its tag", () => {
    expect(placeOf("https://hub.example/v2/team/app/manifests/1.0?x#y")).toEqual({
      version: "v2",
      repository: "team/app",
      tag: "1.0",
      path: "team/app/manifests/1.0",
    });
    expect(placeOf("https://hub.example/v1/repositories/team/app/tags/1.0")).toMatchObject({
      version: "v1",
      repository: "team/app",
      tag: "1.0",
    });
  });

  it("is none without a version of a registry's API", () => {
    for (const url of ["", "/v1.41/images", "https://hub.example/v3/", "https://hub.example/x/v2/"])
      expect(placeOf(url).version).toBeUndefined();
  });

  it("does not depend on the URLs before", () => {
    fc.assert(
      fc.property(beginning, behind, behind, (begin, before, after) => {
        forget();
        const alone = placeOf(begin + after);
        forget();
        placeOf(begin + before);
        expect(placeOf(begin + after)).toEqual(alone);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
