// Bundles what a browser needs into built/: the style sheets, and a script for each entry in assets/.
import { readdir, readFile, rm, access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { build } from "esbuild";

const root = fileURLToPath(new URL(".", import.meta.url));
const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const names = async (folder) => (await readdir(join(root, folder))).sort(byName);
const exists = (path) => access(join(root, path)).then(() => true, () => false);

// What a sheet of a few pages brings along is left out of the sheet for all. The home page, the form and the gallery repeat others.
const repeating = ["site.css", "home.css", "write.css", "gallery.css"];
const pageSheets = (await names("assets")).filter((name) => name.endsWith(".css"));
const special = new Set();
for (const name of pageSheets.filter((sheet) => !repeating.includes(sheet))) {
  for (const [, path] of (await readFile(join(root, "assets", name), "utf8")).matchAll(/@import "\.\.\/(Components\/[^"]+)"/g)) special.add(path);
}

const sheets = [];
for (const name of await names("Components")) {
  const path = `Components/${name}/${name}.css`;
  if (!special.has(path) && (await exists(path))) sheets.push(path);
}

// A component brings its own sheet: site.css says `@import "components"` and never lists them.
const everyComponent = {
  name: "every-component",
  setup(bundle) {
    bundle.onResolve({ filter: /^components$/ }, () => ({ path: "components", namespace: "components" }));
    bundle.onLoad({ filter: /./, namespace: "components" }, () => ({
      contents: sheets.map((path) => `@import "./${path}";`).join("\n"),
      loader: "css",
      resolveDir: root,
    }));
  },
};

const shared = { absWorkingDir: root, bundle: true, minify: true, charset: "utf8", legalComments: "none", logLevel: "warning" };
const modules = ["seal.js"]; // Fetched by import() when they are needed; the script that does so is as young.
const young = ["referral.js"];
const withKeys = ["reader.js"]; // A module of the staff pages; it opens too, and so has passphrases.
const scripts = (await names("assets")).filter((name) => name.endsWith(".js") && ![...modules, ...withKeys].includes(name));

// Of age we seal to X25519 keys alone: passphrases, passkeys, armor, signatures and other kinds of keys stay out of the bundle.
const unused = /^(@noble\/post-quantum\/hybrid|@noble\/curves\/nist|@noble\/hashes\/scrypt|\.\/abstract\/edwards|\.\/webauthn|\.\/armor)\.js$/;
const sealingAlone = {
  name: "sealing-alone",
  setup(bundle) {
    bundle.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: "unused" }));
    bundle.onLoad({ filter: /./, namespace: "unused" }, () => ({
      contents: "export const MLKEM768P256 = {}, MLKEM768X25519 = {}, p256 = {}, scrypt = null, eddsa = null, edwards = () => ({}); export class PrimeEdwardsPoint {}",
    }));
  },
};

// An entry that is gone must not live on in the assembly.
await rm(join(root, "built"), { recursive: true, force: true });
await build({ ...shared, entryPoints: scripts.filter((name) => !young.includes(name)).map((name) => `assets/${name}`), outdir: "built", format: "iife", target: "es2019" });
await build({ ...shared, entryPoints: young.map((name) => `assets/${name}`), outdir: "built", format: "iife", target: "es2020" });
await build({ ...shared, entryPoints: modules.map((name) => `assets/${name}`), outdir: "built", format: "esm", target: "es2022", plugins: [sealingAlone] });
await build({ ...shared, entryPoints: withKeys.map((name) => `assets/${name}`), outdir: "built", format: "esm", target: "es2022" });
const parts = ["base.css", "front.css", "print.css", "tokens.css"]; // Brought along by others, never sent alone.
await build({ ...shared, entryPoints: pageSheets.filter((name) => !parts.includes(name)).map((name) => `assets/${name}`), outdir: "built", plugins: [everyComponent] });
