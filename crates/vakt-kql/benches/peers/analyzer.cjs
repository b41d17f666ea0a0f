// How fast Microsoft's analyzer reads a corpus: node analyzer.cjs CORPUS.jsonl TABLES.json
// The npm package @kusto/language-service-next is looked for from the current folder.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { performance } = require('node:perf_hooks');

const folder = path.join(process.cwd(), 'node_modules/@kusto/language-service-next');
require(path.join(folder, 'bridge.min.js'));
require(path.join(folder, 'Kusto.Language.Bridge.min.js'));
const { KustoCode, GlobalState } = Kusto.Language;
const symbols = Kusto.Language.Symbols;

/** Queries that are read before the clock starts. */
const WARM = 100;
/** Seconds after which a measurement ends. */
const SECONDS_MAX = 30;

function list(type, items) {
  const all = new (System.Collections.Generic.List$1(type).ctor)();
  items.forEach((item) => all.add(item));
  return all;
}

function globals(file) {
  const { tables } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const of = (name) => symbols.ScalarTypes.GetSymbol(name);
  const made = Object.entries(tables).map(([name, { columns }]) => {
    const all = columns.map(([column, type]) => new symbols.ColumnSymbol.ctor(column, of(type)));
    return new symbols.TableSymbol.$ctor4(name, list(symbols.ColumnSymbol, all));
  });
  const database = new symbols.DatabaseSymbol.ctor('hunting', list(symbols.TableSymbol, made));
  return GlobalState.Default.WithDatabase(database);
}

function time(name, queries, work) {
  queries.slice(0, WARM).forEach(work);
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  let [count, bytes] = [0, 0];
  for (const query of queries) {
    work(query);
    count += 1;
    bytes += Buffer.byteLength(query);
    if (seconds() > SECONDS_MAX) break;
  }
  const [rate, megabytes] = [count / seconds(), bytes / 1e6 / seconds()];
  console.log(`${name}: ${rate.toFixed(0)} queries/s, ${megabytes.toFixed(2)} MB/s, ${count} queries`);
}

const [corpus, tables] = process.argv.slice(2);
const queries = fs.readFileSync(corpus, 'utf8').trim().split('\n').map((line) => JSON.parse(line).query);
time('analyzer parse', queries, (query) => KustoCode.Parse(query));
try {
  const state = globals(tables);
  time('analyzer parse+bind', queries, (query) => KustoCode.ParseAndAnalyze(query, state));
} catch (error) {
  console.log(`analyzer parse+bind: not measured: ${error.message}`);
}
