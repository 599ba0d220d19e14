import { defineNodePackage } from '@millrace/workflow/node-api';
import keywordAnalyzer from './keyword-analyzer/keyword-analyzer.node.ts';
import { migrations, tables } from './tables/index.ts';

/** Marketing, as one package: nodes, tables, routes, jobs and templates. */
export const nodesMarketing = defineNodePackage({
  name: 'millrace-nodes-marketing',
  version: '0.1.0',
  namespace: 'marketing',
  nodes: [keywordAnalyzer],
  tables,
  migrations,
});
