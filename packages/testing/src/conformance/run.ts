import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isNote } from '@millrace/workflow/graph';
import { createRegistry } from '@millrace/workflow/node-api';
import type { Difference } from './compare.ts';
import { loadCases, type ConformanceCase } from './conformance-case.ts';
import { openEchoServer } from './echo-server.ts';
import { runExpressionRows } from './expression-rows.ts';
import { runManualCases } from './manual-cases.ts';
import { checkMarketing, figureTable, openDataFolder } from './marketing/index.ts';
import { runSandboxProbes } from './sandbox-probes.ts';
import { runWebhookCases } from './webhook-cases.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string' },
    data: { type: 'string' },
    verbose: { type: 'boolean', short: 'v' },
  },
});
const folder = resolve(values.dir ?? process.env.MILLRACE_CONFORMANCE ?? '../shared/conformance');
if (!existsSync(folder)) {
  console.error(`No conformance folder at ${folder}. Name it with --dir or MILLRACE_CONFORMANCE`);
  process.exit(2);
}

const special = new Set(['sandbox', 'rows', 'marketing']);
const areas = positionals.filter((area) => !special.has(area));
const wants = (name: string) => positionals.length === 0 || positionals.includes(name);

if (wants('rows')) {
  const { total, misses } = await runExpressionRows(join(folder, 'expressions-dev.json'));
  report('expression rows', total, misses);
}
if (wants('sandbox')) {
  const { total, misses } = await runSandboxProbes(folder);
  report('sandbox probes contained', total, misses);
}
if (wants('marketing')) {
  const figures = checkMarketing(openDataFolder(resolve(values.data ?? join(folder, '../data'))));
  console.log(figureTable(figures));
  const misses = figures.filter(({ ok }) => !ok).map(({ name }) => name);
  report('marketing figures', figures.length, misses);
}
if (areas.length > 0 || positionals.length === 0) await runCases(loadCases(folder, areas));

function report(what: string, total: number, misses: readonly string[]): void {
  console.log(`${what}: ${total - misses.length} of ${total}`);
  for (const miss of misses) console.log(`  ${miss}`);
}

async function runCases(all: readonly ConformanceCase[]): Promise<void> {
  const known = await knownTypes();
  const cases = all.filter(({ workflow }) => workflow.nodes.every((node) => known(node.type)));
  const echo = await openEchoServer(folder);
  try {
    const manual = await runManualCases(
      cases.filter((one) => !one.webhookCalls),
      echo,
    );
    const webhook = await runWebhookCases(
      cases.filter((one) => one.webhookCalls),
      echo,
    );
    printTable(all, new Map([...manual, ...webhook]));
  } finally {
    echo.close();
  }
}

/** Whether this build has a node type; cases with others are counted apart. */
async function knownTypes(): Promise<(type: string) => boolean> {
  const { nodesBase } = await import('@millrace/nodes-base');
  const registry = createRegistry(nodesBase.nodes);
  return (type) => isNote({ type }) || registry.find(type) !== undefined;
}

function printTable(
  all: readonly ConformanceCase[],
  results: ReadonlyMap<string, Difference>,
): void {
  const allAreas = [...new Set(all.map(({ area }) => area))].toSorted();
  const row = (area: string, cases: readonly ConformanceCase[]) => {
    const run = cases.filter(({ id }) => results.has(id));
    const passed = run.filter(({ id }) => results.get(id)?.normative.length === 0);
    const paired = passed.filter(({ id }) => results.get(id)?.lineage.length === 0);
    const cells = [cases.length, run.length, passed.length, paired.length];
    return `${area.padEnd(20)}${cells.map((cell) => String(cell).padStart(8)).join('')}`;
  };
  console.log(
    `${'area'.padEnd(20)}${['cases', 'run', 'pass', '+lineage'].map((head) => head.padStart(8)).join('')}`,
  );
  for (const area of allAreas)
    console.log(
      row(
        area,
        all.filter((one) => one.area === area),
      ),
    );
  console.log(row('total', all));

  for (const { id, title } of all) {
    const difference = results.get(id);
    if (!difference) continue;
    const lines = values.verbose
      ? [...difference.normative, ...difference.lineage]
      : difference.normative.slice(0, 2);
    if (lines.length > 0) console.log(`\n${id} ${title}\n  ${lines.join('\n  ')}`);
  }
}
