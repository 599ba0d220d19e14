import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildWhatIsStale } from '../scripts/build.ts';
import { round, toMarkdown, type Result } from './markdown.ts';
import type { Scenario } from './measurement.ts';
import { burst } from './scenarios/burst.ts';
import { bulk } from './scenarios/bulk.ts';
import { code } from './scenarios/code.ts';
import { durable, durableOnPostgres } from './scenarios/durable.ts';
import { engineChain } from './scenarios/engine-chain.ts';
import { engineItems } from './scenarios/engine-items.ts';
import { expressions } from './scenarios/expressions.ts';
import { firstLoad } from './scenarios/first-load.ts';
import { marketing } from './scenarios/marketing.ts';
import { memory } from './scenarios/memory.ts';
import { prune } from './scenarios/prune.ts';
import { queue } from './scenarios/queue.ts';
import { recovery } from './scenarios/recovery.ts';
import { start } from './scenarios/start.ts';
import { webhook, webhookAtOnce, webhookOnPostgres } from './scenarios/webhook.ts';

const scenarios: Readonly<Record<string, Scenario>> = {
  webhook,
  postgres: webhookOnPostgres,
  'at-once': webhookAtOnce,
  queue,
  code,
  burst,
  recovery,
  durable,
  'durable-postgres': durableOnPostgres,
  memory,
  bulk,
  prune,
  engine: engineChain,
  items: engineItems,
  expressions,
  start,
  'first-load': firstLoad,
  marketing,
};

/** `npm run bench [SCENARIO …] [-- --markdown]`: without names, all. */
const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { markdown: { type: 'boolean', default: false } },
});
const unknown = asked.filter((name) => !(name in scenarios));
if (unknown.length > 0) {
  console.error(
    `No scenario ${unknown.join(', ')}. There are: ${Object.keys(scenarios).join(', ')}`,
  );
  process.exit(2);
}

await buildWhatIsStale();
const results: Result[] = [];
for (const [name, measure] of Object.entries(scenarios)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  results.push(...(await measure()).map((measured) => ({ scenario: name, ...measured })));
}

if (values.markdown) console.log(toMarkdown(results));
else
  console.table(
    results.map(({ id, what, floor, subject, unit, ratio, target }) => ({
      id,
      what,
      floor: floor === undefined ? '' : `${round(floor)} ${unit}`,
      measured: `${round(subject)} ${unit}`,
      ratio: ratio === undefined ? '' : round(ratio),
      target,
    })),
  );
const file = fileURLToPath(new URL('results.json', import.meta.url));
mkdirSync(fileURLToPath(new URL('.', import.meta.url)), { recursive: true });
writeFileSync(file, `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
