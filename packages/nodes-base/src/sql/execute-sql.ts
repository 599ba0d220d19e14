import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { SqlConnection, SqlResult, Statement } from './dialect.ts';
import { runStatements, type Batching } from './run-statements.ts';

interface SqlRun {
  readonly context: ExecuteContext;
  /** Where the parameter that says how items belong together is, and what it is when it is not given. */
  readonly batching: { readonly path: string; readonly fallback: Batching };
  /** A run of several items in one go is all or nothing on this database. */
  readonly singleIsTransaction: boolean;
  open(): Promise<SqlConnection>;
  statements(connection: SqlConnection): (index: number) => Promise<Statement> | Statement;
  acknowledge(result: SqlResult): JsonObject;
}

/** Opens a connection for one run of a node, sends what its items ask for, and closes it whatever happens. */
export async function executeSql(run: SqlRun): Promise<[Item[]]> {
  const { context } = run;
  refuseTunnel(context, await context.credential(credentialOf(context)));
  const connection = await run.open();
  const close = () => void connection.close().catch(() => undefined);
  context.signal.addEventListener('abort', close, { once: true });
  try {
    const batching = batchingOf(run);
    const { acknowledge } = run;
    const statementOf = run.statements(connection);
    return await runStatements({ context, connection, batching, statementOf, acknowledge });
  } finally {
    context.signal.removeEventListener('abort', close);
    await connection.close().catch(() => undefined);
  }
}

function batchingOf({ context, batching, singleIsTransaction }: SqlRun): Batching {
  const { path, fallback } = batching;
  const asked = context.param<unknown>(path, 0, { fallback });
  if (asked === 'independently' || asked === 'transaction') return asked;
  const isSeveral = context.items().length > 1;
  return singleIsTransaction && isSeveral ? 'transaction' : 'single';
}

const credentialOf = ({ node }: ExecuteContext) =>
  node.type.endsWith('.postgres') ? 'postgres' : 'mySql';

function refuseTunnel({ node }: ExecuteContext, data: JsonObject): void {
  if (data['sshTunnel'] !== true) return;
  throw new NodeError(
    'The credential asks for an SSH tunnel, which is not available',
    { node: node.name },
    { fix: 'Open the tunnel outside of Millrace, and turn it off in the credential' },
  );
}
