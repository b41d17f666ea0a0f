// VS Code's own protocol library, with cancellation and changes as it sends them, against
// `vakt kql lsp` over stdio: node vscode_client.mjs VAKT MODULES
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const [vakt, modules] = process.argv.slice(2);
const lsp = createRequire(modules + "/")("vscode-languageserver-protocol/node");
const uri = "file:///rules/hunt.kql";
let passed = 0, failed = 0;

function check(holds, what) {
  holds ? passed++ : failed++;
  if (!holds) console.log("FAILED: " + what);
}

const server = spawn(vakt, ["kql", "lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const ended = new Promise((resolve) => server.on("exit", resolve));
const connection = lsp.createProtocolConnection(
  new lsp.StreamMessageReader(server.stdout), new lsp.StreamMessageWriter(server.stdin));
const waiting = [], told = [];
connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) => {
  waiting.length ? waiting.shift()(params) : told.push(params);
});
const problems = () => told.length ? Promise.resolve(told.shift()) : new Promise((resolve) => waiting.push(resolve));
connection.listen();
setTimeout(() => { console.log("FAILED: it takes too long"); process.exit(1); }, 60000).unref();

const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
const answer = await connection.sendRequest(lsp.InitializeRequest.type,
  { processId: process.pid, rootUri: null, workspaceFolders: null, capabilities });
check(answer.capabilities.positionEncoding === "utf-16", "units of UTF-16, as nothing else is offered");
await connection.sendNotification(lsp.InitializedNotification.type, {});

const lines = ["// 😀 ü", "DeviceProcessEvents", "| where "];
await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type,
  { textDocument: { uri, languageId: "kql", version: 1, text: lines.join("\n") } });
check((await problems()).diagnostics.length > 0, "a condition is missing");

// Typed letter by letter, each a change, as an editor sends them.
const typed = "FileName == '😀'";
let character = lines[2].length, version = 1;
for (const letter of typed) {
  const place = { line: 2, character };
  await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: ++version }, contentChanges: [{ range: { start: place, end: place }, text: letter }],
  });
  character += letter.length;
}
let last;
do { last = await problems(); } while (last.version !== version);
check(last.diagnostics.length === 0, `all is well when it is typed, not ${JSON.stringify(last.diagnostics)}`);

const at = (line, character) => ({ textDocument: { uri }, position: { line, character } });
const list = await connection.sendRequest(lsp.CompletionRequest.type, at(2, 12));
check(list.items.some((item) => item.label === "FileName"), "the column that is begun is offered");
const hover = await connection.sendRequest(lsp.HoverRequest.type, at(2, 3));
check(hover.contents.kind === "markdown" && hover.contents.value.includes("where"), "the operator is explained");

// A request that is cancelled is answered: with an error, or with what was ready by then.
const source = new lsp.CancellationTokenSource();
const cancelled = connection.sendRequest(lsp.CompletionRequest.type, at(2, 12), source.token);
source.cancel();
await cancelled.then(() => check(true), (error) => check(error.code === -32800, `cancelled, not ${error.code}`));
await connection.sendRequest("vakt/nothing").then(
  () => check(false, "an unknown request is answered"),
  (error) => check(error.code === -32601, `method not found, not ${error.code}`));

await connection.sendRequest(lsp.ShutdownRequest.type);
await connection.sendNotification(lsp.ExitNotification.type);
check(await ended === 0, "exit code 0");
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
