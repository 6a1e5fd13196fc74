/**
 * Bundles Ink, which draws `hindcast explore`, without what serves its development: the connection to React's inspector, which is a package of its
 * own that nobody installs.
 */
export const inkAlone = {
  name: "ink-alone",
  setup(build) {
    build.onResolve({ filter: /^\.\/devtools\.js$/ }, ({ importer, path }) =>
      /[\\/]ink[\\/]build[\\/]/.test(importer) ? { path, namespace: "nothing" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "" }));
  },
};

/** React's own switch: its checks for developers are not for users. */
export const INK_DEFINE = { "process.env.NODE_ENV": '"production"' };
