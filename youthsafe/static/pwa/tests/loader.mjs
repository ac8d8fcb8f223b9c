/** Lets node:test load TSX and the word lists: `node --import ./tests/loader.mjs --test`. Node strips the types of .ts by itself. */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

import { transformSync } from "esbuild";

import { shorten } from "../src/crypto/front_coding.ts";

/** A word list as the build puts it into a bundle. */
function listAsBuilt(url) {
  const words = readFileSync(fileURLToPath(url), "utf8").trim().split("\n");
  return { format: "module", source: `export default ${JSON.stringify(shorten(words))}`, shortCircuit: true };
}

registerHooks({
  load(url, context, nextLoad) {
    if (url.endsWith(".txt")) return listAsBuilt(url);
    if (!url.endsWith(".tsx")) return nextLoad(url, context);
    const { code } = transformSync(readFileSync(fileURLToPath(url), "utf8"), {
      format: "esm",
      jsx: "automatic",
      jsxImportSource: "preact",
      loader: "tsx",
      sourcefile: fileURLToPath(url),
      sourcemap: "inline",
    });
    return { format: "module", source: code, shortCircuit: true };
  },
});
