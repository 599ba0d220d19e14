import { defineCommand } from 'citty';
import { withInstance } from '../instance.ts';

export default defineCommand({
  meta: { name: 'prune', description: 'Delete old executions as the retention rules say' },
  run: () =>
    withInstance(async ({ services }) => {
      console.log(JSON.stringify(await services.retention.prune()));
    }),
});
