import { MillraceError, NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { SqlConnection, SqlResult, Statement } from './dialect.ts';

/** How the items' statements belong together. */
export type Batching = 'single' | 'independently' | 'transaction';

interface StatementRun {
  readonly context: ExecuteContext;
  readonly connection: SqlConnection;
  readonly batching: Batching;
  statementOf(index: number): Promise<Statement> | Statement;
  /** What a statement puts out that gives no rows by its nature. */
  acknowledge(result: SqlResult): JsonObject;
}

const plain = (text: string): Statement => ({ text, values: [] });

/**
 * Runs one statement per item. In a transaction all count or none; an error then ends it, also where
 * the node goes on after errors. Independently, each item has its own luck.
 */
export async function runStatements(run: StatementRun): Promise<[Item[]]> {
  const { context, connection, batching } = run;
  const count = context.items().length;
  const isJoined = batching !== 'independently';
  const isTransaction = batching === 'transaction' && count > 0;
  const output: Item[] = [];
  if (isTransaction) await connection.run(plain('BEGIN'));
  for (let index = 0; index < count; index++) {
    context.signal.throwIfAborted();
    try {
      output.push(...(await runOne(run, index)));
    } catch (error) {
      if (isTransaction) await connection.run(plain('ROLLBACK')).catch(() => undefined);
      if (!context.continueOnFail || context.signal.aborted) throw error;
      const json = { error: error instanceof Error ? error.message : String(error) };
      const failed: Item = { json, pairedItem: { item: index } };
      if (isJoined) return [isTransaction ? [failed] : [...output, failed]];
      output.push(failed);
    }
  }
  if (isTransaction) await connection.run(plain('COMMIT'));
  return [output];
}

async function runOne(run: StatementRun, index: number): Promise<Item[]> {
  const { context, connection } = run;
  const statement = await run.statementOf(index);
  const result = await connection.run(statement).catch((error: unknown) => {
    throw refused(context, error, index);
  });
  const rows = result.rows ?? [run.acknowledge(result)];
  return rows.map((json) => ({ json, pairedItem: { item: index } }));
}

/** What the server says about a statement, with the item it was for. */
function refused({ node }: ExecuteContext, error: unknown, itemIndex: number): Error {
  if (error instanceof MillraceError) return error;
  const said = new Map<string, unknown>(
    typeof error === 'object' && error ? Object.entries(error) : [],
  );
  const description = [said.get('detail'), said.get('hint'), said.get('code')]
    .filter((text) => typeof text === 'string' && text)
    .join(' · ');
  return new NodeError(
    error instanceof Error ? error.message : String(error),
    { node: node.name, itemIndex, ...(description && { description }) },
    { cause: error, fix: 'Check the statement, the names of table and columns, and the values' },
  );
}
