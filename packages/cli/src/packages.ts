import type { NodePackage } from '@millrace/workflow/node-api';
import { nodesBase } from '@millrace/nodes-base';
import { nodesMarketing } from 'millrace-nodes-marketing';

/** What Millrace ships with. The server itself knows no node. */
export const packages: readonly NodePackage[] = [nodesBase, nodesMarketing];
