import {
  Table,
  type MigrationInterface,
  type QueryRunner,
  type TableColumnOptions,
  type TableOptions,
} from 'typeorm';
import { id, instant, integer, keyOf, longText, maybe, reference, text } from './table-columns.ts';

/** Calls of language models, their prices, budgets and kept answers. */
export class CreateLlm1763835000000 implements MigrationInterface {
  readonly name = 'CreateLlm1763835000000';

  async up(db: QueryRunner) {
    for (const table of TABLES) await db.createTable(new Table(table));
  }

  async down(db: QueryRunner) {
    for (const { name } of TABLES.toReversed()) await db.dropTable(name);
  }
}

const amount = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'double precision',
  ...more,
});

const TABLES: TableOptions[] = [
  {
    name: 'llm_call',
    columns: [
      id('id', keyOf('llm_call')),
      instant('at'),
      id('projectId'),
      id('workflowId'),
      id('executionId'),
      text('node', 256),
      text('model', 128),
      integer('inputTokens'),
      integer('outputTokens'),
      integer('cachedTokens'),
      amount('cost', maybe),
    ],
    indices: [
      { name: 'ix_llm_call_project', columnNames: ['projectId', 'at'] },
      { name: 'ix_llm_call_workflow', columnNames: ['workflowId', 'at'] },
    ],
    foreignKeys: [reference('llm_call', 'projectId', 'project', 'CASCADE')],
  },
  {
    name: 'llm_price',
    columns: [
      id('id', keyOf('llm_price')),
      text('model', 128),
      amount('input'),
      amount('output'),
      amount('cached', maybe),
      instant('validFrom'),
    ],
    uniques: [{ name: 'uq_llm_price', columnNames: ['model', 'validFrom'] }],
  },
  {
    name: 'llm_budget',
    columns: [
      id('id', keyOf('llm_budget')),
      id('projectId'),
      id('workflowId'),
      text('period', 8),
      amount('limit'),
      amount('warnAt'),
    ],
    uniques: [{ name: 'uq_llm_budget', columnNames: ['projectId', 'workflowId', 'period'] }],
    foreignKeys: [reference('llm_budget', 'projectId', 'project', 'CASCADE')],
  },
  {
    name: 'llm_cache',
    columns: [text('key', 64, keyOf('llm_cache')), longText('answer'), instant('createdAt')],
    indices: [{ name: 'ix_llm_cache_created', columnNames: ['createdAt'] }],
  },
];
