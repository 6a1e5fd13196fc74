/** What the HTML report does beyond being read: bundled by scripts/client.mjs, runs in the browser. */
document.documentElement.classList.add("scripted");
