import { defineNodePackage } from '@millrace/workflow/node-api';
import keywordAnalyzer from './keyword-analyzer/keyword-analyzer.node.ts';

/** Marketing, as one package: nodes now, tables and routes with later issues. */
export const nodesMarketing = defineNodePackage({
  name: 'millrace-nodes-marketing',
  nodes: [keywordAnalyzer],
});
