import { defineCommand } from 'citty';
import { createSchemaService, readConfig } from '@millrace/server';
import { packages } from '../packages.ts';

const status = defineCommand({
  meta: { name: 'status', description: 'Migrations that were done and that are pending' },
  run: async () => print(await schema().status()),
});

const migrate = defineCommand({
  meta: { name: 'migrate', description: 'Do the pending migrations, as every start does' },
  run: async () => print(await schema().migrate()),
});

const revert = defineCommand({
  meta: {
    name: 'revert',
    description: 'Undo the newest migration; DELETES what is stored in the tables it made',
  },
  run: async () => print(await schema().revert()),
});

const schema = () => createSchemaService(readConfig(process.env), packages);

const print = (value: unknown) => console.log(JSON.stringify(value, null, 2));

export default defineCommand({
  meta: { name: 'db', description: 'Tables of the database' },
  subCommands: { status, migrate, revert },
});
