// Packs the library, installs the tarball as a user would, and uses it: in Node, from TypeScript, in bundles, in a browser.
import { spawn } from "node:child_process";
import { createReadStream, existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "..");
const templates = join(import.meta.dirname, "package");
const chromium = [process.env.CHROMIUM ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path !== "" && existsSync(path),
);
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Compilers a user may have, and how each resolves modules. */
const COMPILERS = { "typescript-5": "5.9", "typescript-6": "6", "typescript-7": "7" };
const RESOLUTIONS = { node16: "node16", bundler: "esnext" };

/** The output of a command; throws with it where the command fails. */
function run(command, args, cwd) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (text += part));
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done(text) : fail(new Error(`${command} ${args.join(" ")} ended with ${code}:\n${text}`))));
  });
}

function demand(truth, message) {
  if (!truth) throw new Error(message);
}

/** The tarball holds what runs and nothing else, installed in `folder`. */
async function install(folder) {
  const [packed] = JSON.parse(
    await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root).then((text) =>
      text.slice(text.indexOf("["), text.lastIndexOf("]") + 1),
    ),
  );
  const stray = packed.files
    .map((file) => file.path)
    .filter((path) => !/^(dist\/.*\.(js|d\.ts)|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(path));
  demand(stray.length === 0, `the package should not hold ${stray.join(", ")}`);
  demand(packed.size < 2_000_000, `the package has ${packed.size} bytes`);
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const compilers = Object.entries(COMPILERS).map(([name, version]) => `${name}@npm:typescript@${version}`);
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `./${packed.filename}`, ...compilers], folder);
}

async function inNode(folder) {
  await copyFile(join(templates, "node.mjs"), join(folder, "node.mjs"));
  await run(process.execPath, ["node.mjs"], folder);
}

async function commandLine(folder) {
  const bin = join(folder, "node_modules/.bin/graticule");
  const text = await run(bin, ["info", "air.zarr"], folder);
  demand(/graticule\.Dataset/.test(text) && /\bair\b/.test(text), `graticule info printed ${text}`);
}

async function compiles(folder, compiler, moduleResolution) {
  const project = await mkdtemp(join(folder, "types-"));
  await copyFile(join(templates, "types.ts"), join(project, "types.ts"));
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: "es2022",
    module: RESOLUTIONS[moduleResolution],
    moduleResolution,
    lib: ["es2023", "esnext.disposable", "dom", "dom.iterable"],
    types: [],
    skipLibCheck: false,
  };
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["types.ts"] }));
  await run(process.execPath, [join(folder, "node_modules", compiler, "bin/tsc"), "-p", project], folder);
}

/** Bundlers that users have: each makes `page.js` in a folder of its own. */
const BUNDLERS = {
  esbuild: async (folder, outdir) => {
    const { build } = await import("esbuild");
    await build({
      absWorkingDir: folder,
      entryPoints: ["page.js"],
      bundle: true,
      splitting: true,
      minify: true,
      format: "esm",
      platform: "browser",
      outdir,
      logLevel: "error",
    });
  },
  rolldown: async (folder, dir) => {
    const { rolldown } = await import("rolldown");
    const bundle = await rolldown({ cwd: folder, input: "page.js", platform: "browser" });
    await bundle.write({ dir, format: "esm", minify: true });
    await bundle.close();
  },
  vite: async (folder, outDir) => {
    const { build } = await import("vite");
    const rolldownOptions = { input: join(folder, "page.js"), output: { entryFileNames: "page.js" } };
    await build({
      root: folder,
      configFile: false,
      logLevel: "error",
      build: { outDir, emptyOutDir: true, target: "esnext", modulePreload: false, rolldownOptions },
    });
  },
  "one file": async (folder, outdir) => {
    await mkdir(outdir, { recursive: true });
    await copyFile(join(folder, "page.js"), join(outdir, "page.js"));
  },
};
const IMPORT_MAP = {
  imports: { graticule: "/node_modules/graticule/dist/graticule.min.js", h5wasm: "/node_modules/h5wasm/dist/esm/hdf5_hl.js" },
};

async function bundles(folder, name) {
  const outdir = join(folder, "out", name.replaceAll(" ", "-"));
  await copyFile(join(templates, "page.js"), join(folder, "page.js"));
  await BUNDLERS[name](folder, outdir);
  const places = ["zarr", "netcdf"].map((id) => `<p id="${id}"></p>`).join("");
  const page = `<!doctype html><meta charset="utf-8"><title>${name}</title><script type="importmap">${JSON.stringify(IMPORT_MAP)}</script><body>${places}<script type="module" src="page.js"></script>`;
  await writeFile(join(outdir, "index.html"), page);
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json" };

/** Serve the files of a folder on loopback. */
async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = resolve(folder, `.${decodeURIComponent(new URL(request.url, "http://localhost").pathname)}`);
    const found = path.startsWith(folder) ? await stat(path).catch(() => undefined) : undefined;
    if (!found?.isFile()) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "content-length": found.size });
    return request.method === "HEAD" ? response.end() : createReadStream(path).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

async function inBrowser(folder, name) {
  const { chromium: browsers } = await import("playwright-core");
  const server = await serve(folder);
  const browser = await browsers.launch({ executablePath: chromium, args: FLAGS });
  try {
    const page = await browser.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(`http://127.0.0.1:${server.address().port}/out/${name.replaceAll(" ", "-")}/index.html`);
    await page.waitForSelector("body[data-done]", { timeout: 60_000 }).catch((error) => problems.push(String(error)));
    const wanted = await readFile(join(folder, "mean.txt"), "utf8");
    const shown = await Promise.all(["zarr", "netcdf"].map((id) => page.textContent(`#${id}`)));
    demand(
      problems.length === 0 && shown.every((text) => text === wanted),
      `the page should show ${wanted} twice, and shows ${JSON.stringify(shown)} ${problems.join("\n")}`,
    );
  } finally {
    await browser.close();
    await new Promise((done) => server.close(done));
  }
}

/** Every check in turn, on a package that has been built; `report` is told the name of each and whether it held. */
export async function checkPackage(report) {
  const folder = await mkdtemp(join(tmpdir(), "graticule package "));
  const check = async (name, body) => {
    const problem = await body().then(
      () => undefined,
      (error) => error,
    );
    report(name, problem);
    return problem === undefined;
  };
  try {
    if (!(await check("package: contents and installation", () => install(folder)))) return;
    await check("package: Node", () => inNode(folder));
    await check("package: command line", () => commandLine(folder));
    for (const compiler of Object.keys(COMPILERS)) {
      for (const resolution of Object.keys(RESOLUTIONS))
        await check(`package: ${compiler}, ${resolution}`, () => compiles(folder, compiler, resolution));
    }
    for (const name of Object.keys(BUNDLERS)) {
      const bundled = await check(`package: ${name}`, () => bundles(folder, name));
      if (bundled && chromium !== undefined) await check(`package: ${name} in Chromium`, () => inBrowser(folder, name));
    }
    if (chromium === undefined) console.log("no Chromium here: pages were not opened");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await checkPackage((name, problem) => {
    console.log(`${name}: ${problem === undefined ? "ok" : `failed\n${problem.message}`}`);
    if (problem !== undefined) process.exitCode = 1;
  });
}
