import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { url } from "../../src/grammar/convert/url.js";

/** No other URL begins like this one: what was remembered of others is forgotten. */
const forget = () => url("forget://nothing.example/");

const server = fc.stringMatching(/^(?:[hH]ttps?:\/\/)?(?:u:p@)?[a-cA-C.:[\]@]{0,6}$/);
const behind = fc.stringMatching(/^[/?#@:a]{0,5}$/);

describe("the parts of a URL", () => {
  it("are scheme, host, port and path", () => {
    expect(url("https://user:word@Hub.Example.:5000/v2/a?n=1#top")).toEqual({
      original: "https://user:word@Hub.Example.:5000/v2/a?n=1#top",
      scheme: "https",
      domain: "hub.example",
      port: 5000,
      path: "/v2/a",
    });
  });

  it("of the next URL of a server are its own", () => {
    url("http://hub.example:5000/v1/");
    expect(url("http://hub.example:5000/v2/?n=1").path).toBe("/v2/");
    expect(url("http://hub.example:50000/v2/").port).toBe(50000);
    expect(url("http://hub.example/v2/").port).toBeUndefined();
    expect(url("http://hub.example:5000").path).toBeUndefined();
  });

  it("do not depend on the URLs before", () => {
    fc.assert(
      fc.property(server, behind, behind, (origin, before, after) => {
        forget();
        const alone = url(origin + after);
        forget();
        url(origin + before);
        expect(url(origin + after)).toEqual(alone);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
