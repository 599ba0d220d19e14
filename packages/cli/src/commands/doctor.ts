import { defineCommand } from 'citty';
import { readConfig } from '@millrace/server';
import { isMillraceError } from '@millrace/workflow/errors';
import { openHost } from '../in-memory/host.ts';
import { withInstance } from '../instance.ts';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

export default defineCommand({
  meta: { name: 'doctor', description: 'Check settings, database, key and sandbox' },
  async run() {
    const findings = [
      await examine('node', async () => process.version),
      await examine('settings', async () => `home ${readConfig(process.env).home}`),
      await examine('database', () =>
        withInstance(async ({ services, caller }) => {
          const { data } = await services.workflows.list(caller, { limit: 1 });
          return data.length > 0 ? 'reachable' : 'reachable, empty';
        }),
      ),
      await examine('sandbox', checkSandbox),
    ];
    for (const { check, ok, detail } of findings)
      console.log(`${ok ? 'ok    ' : 'FAILED'} ${check}: ${detail}`);
    process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1;
  },
});

async function examine(check: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, detail: await look() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const fix = isMillraceError(error) && error.fix ? `. ${error.fix}` : '';
    return { check, ok: false, detail: `${message}${fix}` };
  }
}

async function checkSandbox(): Promise<string> {
  const host = await openHost(process.env);
  try {
    const { value } = await host.code.run({
      language: 'javaScript',
      source: 'return 6 * 7',
      mode: 'allItems',
      scope: {},
      timeoutMs: 10_000,
    });
    return `runs code, 6 × 7 = ${JSON.stringify(value)}`;
  } finally {
    await host.close();
  }
}
