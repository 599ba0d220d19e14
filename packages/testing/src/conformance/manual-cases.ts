import { openBatch } from './cli-batch.ts';
import { compareExecution, type ActualExecution, type Difference } from './compare.ts';
import type { ConformanceCase } from './conformance-case.ts';
import type { EchoServer } from './echo-server.ts';

/** Runs the cases without webhook calls through `millrace execute --batch`. */
export async function runManualCases(
  cases: readonly ConformanceCase[],
  echo: EchoServer,
): Promise<Map<string, Difference>> {
  const batch = openBatch({ MILLRACE_EGRESS_ALLOW: '127.0.0.1,localhost' });
  const results = new Map<string, Difference>();
  for (const one of cases) {
    await echo.reset();
    const {
      id,
      workflow,
      subworkflows,
      credentials,
      startNode,
      destinationNode,
      publishSubworkflows,
    } = one;
    const line = {
      id,
      workflow,
      subworkflows,
      credentials,
      startNode,
      destinationNode,
      publishSubworkflows,
    };
    const actual = await batch.run(echo.withAddress(line));
    results.set(
      id,
      actual === undefined
        ? { normative: ['the process died'], lineage: [] }
        : compareExecution(one.expected, echo.clear(actual as ActualExecution), one),
    );
  }
  batch.close();
  return results;
}
