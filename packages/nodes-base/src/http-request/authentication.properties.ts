import type { CredentialUse, Property } from '@millrace/workflow/node-api';
import { choices, show } from './property-parts.ts';

const GENERIC = [
  ['Basic', 'httpBasicAuth'],
  ['Bearer token', 'httpBearerAuth'],
  ['Custom (JSON)', 'httpCustomAuth'],
  ['Digest', 'httpDigestAuth'],
  ['Header', 'httpHeaderAuth'],
  ['OAuth2', 'oAuth2Api'],
  ['Query parameter', 'httpQueryAuth'],
] as const;

export const authenticationProperties: readonly Property[] = [
  {
    displayName: 'Authentication',
    name: 'authentication',
    type: 'options',
    default: 'none',
    noDataExpression: true,
    options: choices([
      ['None', 'none'],
      ['Generic credential', 'genericCredentialType'],
    ]),
  },
  {
    displayName: 'Kind of credential',
    name: 'genericAuthType',
    type: 'credentialsSelect',
    default: '',
    required: true,
    options: choices(GENERIC),
    ...show({ authentication: ['genericCredentialType'] }),
  },
];

/** The credentials the node may use, each shown when it is the kind chosen. */
export const credentialUses: readonly CredentialUse[] = GENERIC.map(([, name]) => ({
  name,
  required: true,
  ...show({ authentication: ['genericCredentialType'], genericAuthType: [name] }),
}));
