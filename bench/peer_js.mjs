// The equalshares.net compute tool (a browser worker) under node, with floats and exhaustive Add1.
//   node bench/peer_js.mjs TOOL_DIR CAP_SECONDS FILE.pb [FILE.pb ...]
// TOOL_DIR is a checkout of the tool.  One JSON line per file with the CPU seconds of the count; the file is read before the
// clock starts.  Each file runs in a process of its own, so that the cap can end it.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import vm from "node:vm";
import { spawnSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";

const [, self, tool, cap, ...files] = process.argv;
const seconds = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6; };

async function count(file) {
  // the parser is an ES module without a package.json that says so
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "peer-js-"));
  const module = path.join(folder, "parser.mjs");
  fs.copyFileSync(path.join(tool, "js/pabulibParser.js"), module);
  const { parsePabulibFromString } = await import(pathToFileURL(module).href);
  fs.rmSync(folder, { recursive: true });
  const instance = parsePabulibFromString(fs.readFileSync(file, "utf8"));
  const params = {
    tieBreaking: ["maxVotes", "minCost", Object.keys(instance.projects)],
    completion: "add1", add1options: ["exhaustive"], comparison: "none", accuracy: "floats", increment: 1,
  };
  const messages = [];
  const worker = vm.createContext({ console, performance, postMessage: (message) => messages.push(message) });
  const load = (name) => vm.runInContext(fs.readFileSync(path.join(tool, "js", name), "utf8"), worker);
  worker.importScripts = load;
  worker.self = worker.window = worker;
  load("methodOfEqualSharesWorker.js");
  worker.input = { data: { instance, params } };
  const row = { file: path.basename(file) };
  const before = seconds();
  try {
    vm.runInContext("onmessage(input)", worker);
    row.result = Array.from(messages.find((message) => message.type === "result").winners).sort();
    row.cpu = seconds() - before;
  } catch (error) {
    row.error = String(error.message || error).slice(0, 200);
  }
  console.log(JSON.stringify(row));
}

if (cap === "child") {
  await count(files[0]);
} else {
  for (const file of files) {
    const child = spawnSync(process.execPath,
      ["--max-old-space-size=8000", fileURLToPath(import.meta.url), tool, "child", file],
      { encoding: "utf8", timeout: 1000 * Number(cap), killSignal: "SIGKILL" });
    process.stdout.write(child.stdout || JSON.stringify({ file: path.basename(file), capped: Number(cap) }) + "\n");
  }
}
