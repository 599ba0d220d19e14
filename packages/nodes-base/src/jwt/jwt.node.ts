import { defineNode, type ExecuteContext } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { forEachItem } from '../items/for-each-item.ts';
import { jwtProperties } from './jwt.properties.ts';

/** Makes, checks and reads JSON Web Tokens. */
export const jwtNode = defineNode({
  name: 'n8n-nodes-base.jwt',
  label: 'JWT',
  description: 'Makes, checks and reads JSON Web Tokens',
  version: 1,
  subtitle: '={{ $parameter["operation"] }}',
  icon: icon(
    'M12 3v6',
    'M12 15v6',
    'm4.2 7.5 5.2 3',
    'm14.6 13.5 5.2 3',
    'm4.2 16.5 5.2-3',
    'm14.6 10.5 5.2-3',
  ),
  credentials: [{ name: 'jwtAuth', required: true }],
  properties: jwtProperties,
  async execute(context: ExecuteContext) {
    // Loaded with the first token, not when the server starts.
    const { decoded, signed, verified } = await import('./tokens.ts');
    return forEachItem(context, (_item, index) => {
      switch (context.param('operation', index)) {
        case 'decode':
          return decoded(context, index);
        case 'verify':
          return verified(context, index);
        default:
          return signed(context, index);
      }
    });
  },
});
