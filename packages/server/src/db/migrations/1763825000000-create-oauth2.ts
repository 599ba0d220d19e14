import { Table, type MigrationInterface, type QueryRunner, type TableOptions } from 'typeorm';
import { id, instant, keyOf, reference, text } from './table-columns.ts';

/** Consent pages people are at, and who renews tokens. */
export class CreateOAuth21763825000000 implements MigrationInterface {
  readonly name = 'CreateOAuth21763825000000';

  async up(db: QueryRunner) {
    for (const table of TABLES) await db.createTable(new Table(table));
  }

  async down(db: QueryRunner) {
    for (const { name } of TABLES.toReversed()) await db.dropTable(name);
  }
}

const TABLES: TableOptions[] = [
  {
    name: 'oauth2_flow',
    columns: [
      text('id', 64, keyOf('oauth2_flow')),
      id('credentialId'),
      id('userId'),
      text('codeVerifier', 128),
      instant('expiresAt'),
    ],
    foreignKeys: [reference('oauth2_flow', 'credentialId', 'credential', 'CASCADE')],
  },
  {
    name: 'oauth2_renewal',
    columns: [id('credentialId', keyOf('oauth2_renewal')), id('owner'), instant('until')],
    foreignKeys: [reference('oauth2_renewal', 'credentialId', 'credential', 'CASCADE')],
  },
];
