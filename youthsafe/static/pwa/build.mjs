/**
 * Bundles the browser half into build/: one self-contained file for each entry point but the desk and its key worker, named by its
 * content, with Brotli and gzip copies beside it, manifest.json from plain names to hashed ones, desk_pages.json with the files of
 * each page of the desk, and SHA256SUMS, which a release publishes. The
 * same sources give the same bytes on every machine. Run by hatch_build.py; `make assets` runs it by hand.
 */

import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { build } from "esbuild";

import { shorten } from "./src/crypto/front_coding.ts";

const WORKER = "src/sw/sw.ts";
/** Every file that a page, a worker or a style link names, but the service worker, which knows the sums of the others. */
const ENTRY_POINTS = [
  "src/app/app.ts",
  "src/app/install.ts",
  "src/sw/ending.ts",
  "src/find/find.ts",
  "src/havens/havens.ts",
  "src/havens/havens.css",
  "src/havens/poster.css",
  "src/report/report.ts",
  "src/report/sealer_*.ts",
  "src/crypto/words/words_*.ts",
  "src/outbox/proof_worker.ts",
  "src/outbox/sender.ts",
  "src/report/practice.ts",
  "src/cards/read_to_me.ts",
  "src/support/support.css",
  "src/check/check.css",
  "src/check/finder.ts",
  "src/check/quiz.ts",
  "src/check/breathe.ts",
  "src/check/hand.ts",
  "src/replies/replies.ts",
  "src/replies/reader.ts",
  "src/teach/teach.ts",
  "src/styles/app.css",
  "src/styles/pictures.css",
  "src/styles/staff.css",
  "src/styles/teach.css",
  "src/styles/formats.css",
  "catalogues/*.json",
  "src/pictures/*.png",
];

/** The staff desk, whose pages come when they are opened. */
const DESK = {
  name: "desk",
  entry: "src/desk/desk.tsx",
  part: /^src\/desk\/pages\/(\w+)\/view\.tsx$/,
  sharedApart: true,
};
/** Its key worker: what only words need, and the commands that are seldom given, come when they are needed. */
const KEY_WORKER = {
  name: "key_worker",
  entry: "src/desk/session/key_worker.ts",
  part: /^src\/desk\/session\/commands\/(seldom|of_words|case_card)\.ts$/,
};

const HERE = fileURLToPath(new URL(".", import.meta.url));
const BUILD = join(HERE, "build");
const FRESH = join(HERE, "build.new");
const COMPRESSED = /\.(js|css|svg|json)$/;
const LISTS = ["manifest.json", "desk_pages.json"];

/** Word lists lie in their files as plain lines, and in a bundle as words.js reads them: every phone that sends loads one. */
const wordLists = {
  name: "word lists",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]words[/\\][a-z]+\.txt$/ }, async ({ path }) => ({
      contents: shorten((await readFile(path, "utf8")).trim().split("\n")),
      loader: "text",
    }));
  },
};

/**
 * What the service worker has in the place of src/sw/sums.ts.
 * @param {Record<string, string>} sums
 */
const knowing = (sums) => ({
  name: "sums",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]sw[/\\]sums\.[jt]s$/ }, () => ({
      contents: `export const SUMS = ${JSON.stringify(sums)};`,
    }));
  },
});

/**
 * hash-wasm carries its modules as base64, in which Brotli finds few patterns: here a letter is a byte, which saves every phone 1.2 kB.
 * A release of hash-wasm that is written in another way stops the build.
 */
const wasmAsLetters = {
  name: "wasm as letters",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]hash-wasm[/\\]dist[/\\]index\.esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source
        .replace(
          "asm = decodeBase64(binary.data)",
          "asm = Uint8Array.from(binary.data, (letter) => letter.charCodeAt(0))",
        )
        .replace(/^(var data(?:\$\w+)? = )"([A-Za-z0-9+/=]+)"/gm, (_, name, data) => name + JSON.stringify(atob(data)));
      if (contents.includes("decodeBase64(binary") || /"AGFzbQ/.test(contents))
        throw new Error("hash-wasm is written in another way");
      return { contents };
    });
  },
};

/**
 * X-Wing's X25519 brings HMAC-SHA-256 written in JavaScript for salts of odd lengths, which only HPKE's DeriveKeyPair has: docs/envelope.md
 * never uses that. The browser's own HKDF stands in its place and saves every phone 1.7 kB.
 */
const browsersHkdf = {
  name: "the browser's HKDF",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]dhkem-x25519[/\\]esm[/\\]src[/\\]hkdfSha256\.js$/ }, ({ path }) => ({
      contents: 'export { HkdfSha256Native as HkdfSha256 } from "@hpke/common";',
      resolveDir: dirname(path),
    }));
  },
};

/**
 * These libraries are published with their fields defined one by one in nine lines each: here they are assigned. The HMAC that nobody
 * calls any more, whose module looks to a bundler as if it did something, is left out.
 */
const plainFields = {
  name: "plain fields",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\](?:@hpke|mlkem)[/\\].*\.js$/ }, async ({ path }) => {
      if (/[/\\]hash[/\\]hmac\.js$/.test(path))
        return { contents: `export const hmac = () => { throw new Error("left out"); };` };
      const source = await readFile(path, "utf8");
      const field =
        /Object\.defineProperty\(this, "(\w+)", \{\s*enumerable: true,\s*configurable: true,\s*writable: true,\s*value: ([\s\S]*?)\s*\}\);/g;
      return { contents: source.replace(field, "this.$1 = $2;") };
    });
  },
};

/** These libraries do not say that their modules only define things: where nothing of one is used, it is left out. */
const onlyDefine = {
  name: "modules that only define",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(?:@hpke|mlkem|\.)/ }, async ({ path, pluginData, ...asked }) => {
      const theirs = /^(?:@hpke|mlkem)/.test(path) || /[/\\]node_modules[/\\](?:@hpke|mlkem)[/\\]/.test(asked.importer);
      if (pluginData === onlyDefine || !theirs) return undefined;
      const { resolveDir, kind, importer } = asked;
      return { ...(await resolve(path, { resolveDir, kind, importer, pluginData: onlyDefine })), sideEffects: false };
    });
  },
};

/** Bundle in memory. Returns esbuild's result; any warning is an error. */
async function bundle(entryPoints, plugins, split = null) {
  const result = await build({
    absWorkingDir: HERE,
    assetNames: "[name]-[hash]",
    bundle: true,
    charset: "utf8",
    ...(split && { chunkNames: `${split}-[hash]`, splitting: true }),
    entryNames: "[name]-[hash]",
    entryPoints,
    format: "esm",
    legalComments: "none",
    loader: { ".json": "copy", ".svg": "file", ".woff2": "file", ".png": "copy" },
    metafile: true,
    minify: true,
    outdir: "build",
    plugins,
    sourcemap: false,
    target: ["es2022", "safari15"], // an iPhone of 2015 runs Safari 15
    write: false,
  });
  if (result.warnings.length > 0) throw new Error("esbuild warned: a warning stops the build");
  return result;
}

/** The plain name of each entry point -> its hashed name, sorted. */
function manifestOf(outputs, firsts) {
  const pairs = Object.entries(outputs)
    .filter(([, output]) => output.entryPoint)
    .map(([path, output]) => [basename(output.entryPoint).replace(/\.tsx?$/, ".js"), basename(path)]);
  return Object.fromEntries([...pairs, ...firsts].sort());
}

/**
 * What begins in one file, and one more file for each part of it that comes when it is needed. What they share would lie in many files. So
 * the beginning and each part are made to name what the beginning needs: one file holds that. And each part is made to name what only parts
 * share: with `sharedApart` a second file holds that, and comes with the first part that is opened; else it lies in the first.
 */
async function bundleInParts({ name, entry, part, sharedApart = false }, plugins) {
  const { outputs } = (await bundle([entry], plugins, name)).metafile;
  const needed = reachable(outputs, outputOf(outputs, entry));
  const shared = Object.keys(outputs).filter((path) => needed.has(path) || !outputs[path].entryPoint);
  const naming = (paths) =>
    paths
      .flatMap((path) => Object.keys(outputs[path].inputs))
      .filter((path) => /^src\/.*\.tsx?$/.test(path))
      .sort()
      .map((path) => `import ${JSON.stringify(join(HERE, path))};\n`)
      .join("");
  const [first, all] = [naming(sharedApart ? [...needed] : shared), naming(shared)];
  const together = {
    name: "what the parts share",
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]src[/\\].*\.tsx?$/ }, async ({ path }) => {
        const source = relative(HERE, path).replaceAll("\\", "/");
        if (!outputOf(outputs, source)) return undefined;
        const contents = (source === entry ? first : all) + (await readFile(path, "utf8"));
        return { contents, loader: extname(path).slice(1) };
      });
    },
  };
  return inParts(await bundle([entry], [...plugins, together], name), { entry, part });
}

const outputOf = (outputs, entry) => Object.keys(outputs).find((path) => outputs[path].entryPoint === entry);

/** An output and every other that it cannot begin without. */
function reachable(outputs, path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const { kind, path: next } of outputs[path].imports)
    if (kind === "import-statement") reachable(outputs, next, found);
  return found;
}

/** Its files, the first of them, and those that each part adds: its own, and before it what only parts share. */
function inParts({ metafile: { outputs }, outputFiles }, { entry, part }) {
  const begun = outputOf(outputs, entry);
  const [first, ...others] = outputs[begun].imports.filter(({ kind }) => kind === "import-statement");
  if (!first || others.length > 0) throw new Error(`the first file of ${entry} is not one`);
  const parts = Object.entries(outputs).flatMap(([path, { entryPoint = "", imports }]) => {
    const named = part.exec(entryPoint)?.[1];
    const more = imports.filter(({ kind, path: each }) => kind === "import-statement" && each !== first.path);
    if (named && more.length > 1)
      throw new Error(`${entryPoint} needs more than its own file and those that are shared`);
    return named ? [[named, [...more.map((each) => basename(each.path)), basename(path)]]] : [];
  });
  return {
    files: outputFiles.filter(({ path }) => basename(path) !== basename(begun)), // it only names the first
    first: basename(first.path),
    parts: Object.fromEntries(parts.sort()),
  };
}

/** The SHA-256 of every script and style by its name, in Base64. */
function kept(files) {
  const named = files.filter(({ path }) => /\.(?:js|css)$/.test(path));
  return Object.fromEntries(
    named.map(({ path, contents }) => [basename(path), createHash("sha256").update(contents).digest("base64")]).sort(),
  );
}

/** One line for each file, as `sha256sum --check` reads them, sorted by name. */
function sumsOf(files) {
  const lines = files.map(
    ({ path, contents }) => `${createHash("sha256").update(contents).digest("hex")}  ${basename(path)}\n`,
  );
  return lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join("");
}

/** The smallest that Brotli makes of some bytes: in blocks that it chooses itself, or of 64 kB; distances in fours, or eights. */
async function squeezed(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const tries = [
    {},
    { [constants.BROTLI_PARAM_NPOSTFIX]: 2 },
    { [constants.BROTLI_PARAM_NPOSTFIX]: 2, [constants.BROTLI_PARAM_LGBLOCK]: 16 },
    { [constants.BROTLI_PARAM_NPOSTFIX]: 3, [constants.BROTLI_PARAM_LGBLOCK]: 16 },
  ];
  const made = await Promise.all(
    tries.map((more) => promisify(brotliCompress)(bytes, { params: { ...params, ...more } })),
  );
  return made.reduce((least, each) => (each.length < least.length ? each : least));
}

/** Write one file, and smaller copies where a server may send them. */
async function write(name, bytes) {
  await writeFile(join(FRESH, name), bytes);
  if (!COMPRESSED.test(name) || LISTS.includes(name)) return;
  await writeFile(join(FRESH, `${name}.br`), await squeezed(bytes));
  await writeFile(join(FRESH, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
}

/** @param {unknown} error */
function giveUp({ message }) {
  console.error(message);
  process.exit(1);
}

const plugins = [wordLists, wasmAsLetters, browsersHkdf, plainFields, onlyDefine];
const others = await bundle(ENTRY_POINTS, plugins).catch(giveUp);
const desk = await bundleInParts(DESK, [onlyDefine]).catch(giveUp);
const keyWorker = await bundleInParts(KEY_WORKER, plugins).catch(giveUp);
const scripts = [...others.outputFiles, ...desk.files, ...keyWorker.files];
const worker = await bundle([WORKER], [knowing(kept(scripts))]).catch(giveUp);
const outputFiles = [...scripts, ...worker.outputFiles];
await rm(FRESH, { recursive: true, force: true });
await mkdir(FRESH);
await Promise.all(outputFiles.map((file) => write(basename(file.path), file.contents)));
const manifest = manifestOf({ ...others.metafile.outputs, ...worker.metafile.outputs }, [
  ["desk.js", desk.first],
  ["key_worker.js", keyWorker.first],
]);
await write("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
await write("desk_pages.json", `${JSON.stringify(desk.parts, null, 2)}\n`);
await write("SHA256SUMS", sumsOf(outputFiles));
await rm(BUILD, { recursive: true, force: true });
await rename(FRESH, BUILD);
console.log(`Bundled the browser half: ${Object.keys(manifest).length} entry points`);
