import { defineCommand, runCommand, showUsage } from 'citty';
import { isMillraceError } from '@millrace/workflow/errors';

const main = defineCommand({
  meta: { name: 'millrace', description: 'Self-hosted automation that loses nothing' },
  subCommands: {
    start: () => import('./commands/start.ts').then((m) => m.default),
    webhook: () => import('./commands/webhook.ts').then((m) => m.default),
    worker: () => import('./commands/worker.ts').then((m) => m.default),
    execute: () => import('./commands/execute.ts').then((m) => m.default),
    evaluate: () => import('./commands/evaluate.ts').then((m) => m.default),
    test: () => import('./commands/test.ts').then((m) => m.default),
    import: () => import('./commands/import.ts').then((m) => m.default),
    export: () => import('./commands/export.ts').then((m) => m.default),
    publish: () => import('./commands/publish.ts').then((m) => m.publish),
    unpublish: () => import('./commands/publish.ts').then((m) => m.unpublish),
    user: () => import('./commands/user.ts').then((m) => m.default),
    'api-key': () => import('./commands/api-key.ts').then((m) => m.default),
    prune: () => import('./commands/prune.ts').then((m) => m.default),
    db: () => import('./commands/db.ts').then((m) => m.default),
    key: () => import('./commands/key.ts').then((m) => m.default),
    doctor: () => import('./commands/doctor.ts').then((m) => m.default),
  },
});

const args = process.argv.slice(2);
if (args.length === 0 || args[0] === '--help' || args[0] === '-h') {
  await showUsage(main);
  process.exitCode = args.length === 0 ? 2 : 0;
} else {
  try {
    await runCommand(main, { rawArgs: args });
  } catch (error) {
    report(error);
  }
}

/** One line on stderr; 2 for wrong use, 1 for everything else. */
function report(error: unknown): void {
  if (isMillraceError(error)) {
    console.error(error.fix ? `${error.message}. ${error.fix}` : error.message);
    process.exitCode = error.code === 'CLI_ARG_INVALID' ? 2 : 1;
  } else if (error instanceof Error && error.name === 'CLIError') {
    console.error(error.message);
    process.exitCode = 2;
  } else {
    console.error(error);
    process.exitCode = 1;
  }
}
