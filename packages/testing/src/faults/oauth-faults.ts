import { brokenOf, workHolds, type Fault } from './fault.ts';
import { chain, effect } from './flows.ts';
import { fire, type InstanceClient } from './instance-client.ts';
import { openOAuthProvider, type OAuthProvider } from './oauth-provider.ts';
import { judge } from './verdict.ts';

const WORKERS = 2;
const AT_ONCE = 20;

/** F18: an access token has run out, then one is ended early, while runs of two processes need it. */
const refreshAtOnce: Fault = {
  id: 'F18',
  name: `OAuth refresh by ${AT_ONCE} runs at once on ${WORKERS} workers, rotating token`,
  async run({ open, after }) {
    const provider = await openOAuthProvider();
    after(() => provider.close());
    const env = {
      MILLRACE_EGRESS_ALLOW: '127.0.0.1',
      MILLRACE_CONCURRENCY: String(AT_ONCE / WORKERS),
    };
    const bed = await open({ mode: 'queue', env });
    const main = await bed.start('main');
    const client = await bed.signIn(main);
    provider.giveFor(1);
    const credential = await connect(client, main.url, provider);
    provider.giveFor(3600);
    await client.publish(chain('flow', [callWith(credential, provider), effect()]));

    // Handed out when both are there, so that both have their share of the runs.
    await fire(`${main.url}/webhook/flow`, AT_ONCE);
    await Promise.all(Array.from({ length: WORKERS }, () => bed.start('worker')));
    await judge(bed, AT_ONCE);
    const forRunOut = provider.refreshes;
    provider.endAccess(AT_ONCE);
    await fire(`${main.url}/webhook/flow`, AT_ONCE);
    const verdict = await judge(bed, 2 * AT_ONCE);
    const forEnded = provider.refreshes - forRunOut;
    const broken = brokenOf({
      ...workHolds(verdict, 0),
      [`a token that ran out: one refresh (${forRunOut})`]: forRunOut === 1,
      [`a token that was ended: one refresh (${forEnded})`]: forEnded === 1,
      'nobody is logged out': !provider.isLoggedOut,
    });
    return { ...verdict, broken, note: `${provider.refreshes} refreshes for two tokens` };
  },
};

async function connect(
  client: InstanceClient,
  base: string,
  provider: OAuthProvider,
): Promise<string> {
  const made = await client.call('POST', '/credentials', {
    name: 'Service',
    type: 'oAuth2Api',
    data: {
      grantType: 'authorizationCode',
      authUrl: `${provider.base}/authorize`,
      accessTokenUrl: `${provider.base}/token`,
      clientId: 'client',
      clientSecret: 'secret',
    },
  });
  const id = String(made.body['id']);
  const { body } = await client.call('POST', `/credentials/${id}/oauth2/connect`);
  const back = await fetch(`${base}/api/v1/oauth2/callback?${provider.agree(String(body['url']))}`);
  if (!back.ok) throw new Error(`Connecting gave ${back.status}: ${await back.text()}`);
  return id;
}

const callWith = (id: string, { base }: OAuthProvider) => ({
  type: 'n8n-nodes-base.httpRequest',
  typeVersion: 4.2,
  parameters: {
    method: 'GET',
    url: `${base}/api`,
    authentication: 'genericCredentialType',
    genericAuthType: 'oAuth2Api',
  },
  settings: { credentials: { oAuth2Api: { id, name: 'Service' } } },
});

export const oauthFaults: readonly Fault[] = [refreshAtOnce];
