// What must hold before a change lands, one step after another; the last line is `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const venv = join(root, ".venv");
const python = join(venv, "bin/python");
const shared = resolve(root, "../shared/data");
const env = { ...process.env, CI: "true", GRATICULE_PYTHON: python };
let passed = 0;
let failed = 0;

/** Run a command and count it as one check; gives whether it went well. */
function step(name, command, args, options = {}) {
  console.log(`\n── ${name}`);
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: "inherit", ...options });
  if (error) console.error(String(error));
  const ok = status === 0;
  if (ok) passed++;
  else failed++;
  console.log(`── ${name}: ${ok ? "ok" : `failed (${status})`}`);
  return ok;
}

/** Run tests and count each of them. */
function tests(name, args) {
  console.log(`\n── ${name}`);
  const folder = mkdtempSync(join(tmpdir(), "graticule-ci-"));
  const report = join(folder, "report.json");
  const { status } = spawnSync(
    "npx",
    ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, "--silent=passed-only", ...args],
    { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] },
  );
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined;
  rmSync(folder, { recursive: true, force: true });
  passed += counts?.numPassedTests ?? 0;
  const broken = (counts?.numFailedTests ?? 0) + (counts?.numFailedTestSuites ?? 0);
  failed += status === 0 ? 0 : Math.max(1, broken);
}

/** Pages are opened in Chromium where there is one; a machine that may install it does, without waiting long. */
function provideChromium() {
  const apt = "/usr/bin/apt-get";
  if (existsSync("/usr/bin/chromium") || process.getuid?.() !== 0 || !existsSync(apt)) return;
  console.log("\n── installing Chromium");
  const quiet = { stdio: "ignore", env: { ...env, DEBIAN_FRONTEND: "noninteractive" } };
  spawnSync(apt, ["update"], { ...quiet, timeout: 60_000 });
  spawnSync(apt, ["install", "-y", "--no-install-recommends", "chromium"], { ...quiet, timeout: 240_000 });
}

/** Use the package as its users do, each use one check. */
async function packageChecks() {
  const { checkPackage } = await import("./check-package.mjs");
  console.log("");
  await checkPackage((name, problem) => {
    if (problem === undefined) passed++;
    else failed++;
    console.log(`── ${name}: ${problem === undefined ? "ok" : `failed\n${problem.message}`}`);
  });
}

step("install", "npm", ["ci"]);
if (!existsSync(python)) step("python", "python3", ["-m", "venv", venv]);
step("python packages", python, [
  "-m",
  "pip",
  "install",
  "--quiet",
  "--disable-pip-version-check",
  "-r",
  "scripts/fixtures/requirements.txt",
]);
step("type check", "npm", ["run", "--silent", "typecheck"]);
step("lint", "npm", ["run", "--silent", "lint"]);
tests("tests", []);
step("build", "npm", ["run", "--silent", "build"]);
step("package and bundle budget", "npm", ["run", "--silent", "check:package"]);
provideChromium();
await packageChecks();
step("docs", "npm", ["run", "--silent", "docs"]);
step("main job on the sample", "npm", ["start", "--silent", "--", "--out", join(tmpdir(), "graticule-ci-sample")]);
for (const file of ["air.nc", "air_temperature_small.nc"]) {
  step(`main job on ${file}`, "npm", ["start", "--silent", "--", join(shared, file), "--out", join(tmpdir(), `graticule-ci-${file}`)]);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
