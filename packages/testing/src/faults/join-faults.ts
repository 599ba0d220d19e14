import { WORKER_EDGES } from './crash-faults.ts';
import { brokenOf, workHolds, type Fault } from './fault.ts';
import { effect, graph, webhookAt, type FlowNode } from './flows.ts';
import { fire } from './instance-client.ts';
import type { Testbed } from './testbed.ts';
import { judge } from './verdict.ts';

/** What becomes of the branch at the join's second input. */
const BRANCHES: Readonly<Record<string, FlowNode>> = {
  there: effect(),
  // Egress refuses it: the item leaves by the error output, and nothing comes to the join.
  failed: {
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: 4.2,
    parameters: { method: 'GET', url: 'http://127.0.0.1:1/' },
    settings: { onError: 'continueErrorOutput' },
  },
  // As in n8n, a node that fails as a whole hands on what it got.
  passed: {
    type: 'n8n-nodes-base.stopAndError',
    parameters: { errorMessage: 'on purpose' },
    settings: { onError: 'continueRegularOutput' },
  },
  skipped: { type: 'n8n-nodes-base.filter', typeVersion: 2, parameters: { conditions: never() } },
  late: effect({ delayMs: 500 }),
};

/** How often the join runs: in n8n's order, and in order `parallel` by its rule. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  v1: { there: 1, failed: 1, passed: 1, skipped: 1, late: 1 },
  all: { there: 1, failed: 1, passed: 1, skipped: 1, late: 1 },
  any: { there: 2, failed: 1, passed: 2, skipped: 1, late: 2 },
  first: { there: 1, failed: 1, passed: 1, skipped: 1, late: 1 },
};
const RUNS_EACH = 2;
const CONCURRENCY = 10;

/** F19: joins whose second branch comes, fails, is skipped or late, while workers die at journal edges. */
const joins: Fault = {
  id: 'F19',
  name: 'Join with a branch failed, skipped or late, workers killed at each edge',
  async run({ open, random }) {
    // The row is about joins: with so few runs each is cut off more often than is taken for a crash loop.
    const bed = await open({ mode: 'queue', env: { MILLRACE_MAX_RESTARTS: '50' } });
    const main = await bed.start('main');
    const client = await bed.signIn(main);
    const paths: string[] = [];
    for (const [rule, branches] of Object.entries(EXPECTED))
      for (const branch of Object.keys(branches)) {
        const path = `${rule}-${branch}`;
        await client.publish(joinOf(path, rule, branch));
        paths.push(path);
      }
    const runs = paths.length * RUNS_EACH;
    for (const path of paths) await fire(`${main.url}/webhook/${path}`, RUNS_EACH);
    const ended = judge(bed, runs, 300);
    for (const edge of WORKER_EDGES) {
      const doomed = [1, 2].map(() => {
        const times = 1 + Math.floor(random() * 8);
        return bed.startDoomed('worker', { FAULT_AT: `${edge}:${times}` });
      });
      await Promise.race([Promise.all(doomed), ended]);
    }
    await bed.start('worker');
    await ended;
    const verdict = await judge(bed, runs);
    const wrong = await wrongJoins(bed);
    const broken = brokenOf({
      ...workHolds(verdict, 2 * WORKER_EDGES.length * CONCURRENCY),
      [`each join runs as its rule says${wrong}`]: wrong === '',
    });
    return {
      ...verdict,
      broken,
      note: `${paths.length} drawings, ${2 * WORKER_EDGES.length} kills`,
    };
  },
};

function joinOf(path: string, rule: string, branch: string) {
  const isV1 = rule === 'v1';
  return graph(path, {
    nodes: {
      hook: webhookAt(path),
      a: effect({ delayMs: 20 }),
      b: BRANCHES[branch] ?? effect(),
      join: { type: 'faults.join', settings: isV1 ? {} : { joinRule: rule } },
      after: effect(),
    },
    wires: ['hook > a', 'hook > b', 'a > join', 'b > join.1', 'join > after'],
    settings: { executionOrder: isV1 ? 'v1' : 'parallel' },
  });
}

/** A filter's conditions that nothing meets. */
function never() {
  const operator = { type: 'string', operation: 'equals' };
  const options = { caseSensitive: true, typeValidation: 'strict', version: 2 };
  return {
    combinator: 'and',
    options,
    conditions: [{ id: '0', leftValue: 'a', rightValue: 'b', operator }],
  };
}

/** Says which joins ran, or told the sink, more or less often than they should; empty when all are right. */
async function wrongJoins({ ledger, sink }: Testbed): Promise<string> {
  const rows = await ledger.query<{ name: string; id: string; runs: string | number }>(
    `SELECT w."name" AS "name", e."id" AS "id", (SELECT count(*) FROM "execution_run" r
       WHERE r."executionId" = e."id" AND r."node" = 'join' AND r."status" = 'success') AS "runs"
     FROM "execution" e JOIN "workflow" w ON w."id" = e."workflowId"`,
  );
  return rows
    .flatMap(({ name, id, runs }) => {
      const [rule = '', branch = ''] = name.split('-');
      const expected = EXPECTED[rule]?.[branch];
      const told = sink.effects.filter(
        ({ executionId, node }) => executionId === id && node === 'join',
      ).length;
      const isRight = Number(runs) === expected && told === expected;
      return isRight ? [] : [`: ${name} ran ${runs}, told ${told}, expected ${expected}`];
    })
    .join('');
}

export const joinFaults: readonly Fault[] = [joins];
