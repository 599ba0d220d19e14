import { defineCommand } from 'citty';
import { withInstance } from '../instance.ts';

const id = { type: 'positional', description: 'Id of the workflow', required: true } as const;

export const publish = defineCommand({
  meta: { name: 'publish', description: 'Make the draft the version that triggers run' },
  args: { id },
  run: ({ args }) =>
    withInstance(async ({ services, caller }) => {
      const { name, publishedVersionId } = await services.publishing.publish(caller, args.id);
      console.log(JSON.stringify({ id: args.id, name, publishedVersionId }));
    }),
});

export const unpublish = defineCommand({
  meta: { name: 'unpublish', description: 'Take the triggers of a workflow down' },
  args: { id },
  run: ({ args }) =>
    withInstance(async ({ services, caller }) => {
      const { name } = await services.publishing.unpublish(caller, args.id);
      console.log(JSON.stringify({ id: args.id, name, publishedVersionId: null }));
    }),
});
