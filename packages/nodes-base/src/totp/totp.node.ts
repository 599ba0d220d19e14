import { NodeError } from '@millrace/workflow/errors';
import { defineNode, p, type ExecuteContext } from '@millrace/workflow/node-api';
import type { Secret } from 'otpauth';
import { icon } from '../icon.ts';
import { forEachItem, optionsOf } from '../items/for-each-item.ts';

const ALGORITHMS = [
  'SHA1',
  'SHA224',
  'SHA256',
  'SHA3-224',
  'SHA3-256',
  'SHA3-384',
  'SHA3-512',
  'SHA384',
  'SHA512',
];

/** The code an authenticator app shows now. */
export const totpNode = defineNode({
  name: 'n8n-nodes-base.totp',
  label: 'TOTP',
  description: 'Makes the one-time code that an authenticator app would show now',
  version: 1,
  icon: icon('M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z', 'M12 8v4l3 2'),
  codex: { alias: ['2FA', 'MFA', 'authentication', 'one-time password'] },
  credentials: [{ name: 'totpApi', required: true }],
  params: {
    operation: p.options({
      label: 'Operation',
      default: 'generateSecret',
      fixed: true,
      choices: [{ value: 'generateSecret', label: 'Generate secret' }],
    }),
    options: p.collection({
      label: 'Options',
      when: { operation: ['generateSecret'] },
      fields: {
        algorithm: p.options({
          label: 'Algorithm',
          default: 'SHA1',
          choices: ALGORITHMS.map((value) => ({ value, label: value })),
        }),
        digits: p.number({ label: 'Digits', default: 6 }),
        period: p.number({ label: 'Period', hint: 'Seconds a code is valid', default: 30 }),
      },
    }),
  },
  execute: (context) =>
    forEachItem(context, async (_item, index) => {
      const { TOTP } = await otpLibrary();
      const { algorithm, digits, period } = optionsOf(context, index);
      const seconds = Number(period ?? 30);
      const totp = new TOTP({
        secret: await secretOf(context, index),
        algorithm: String(algorithm ?? 'SHA1'),
        digits: Number(digits ?? 6),
        period: seconds,
      });
      const timestamp = context.now();
      const secondsRemaining = seconds - (Math.floor(timestamp / 1000) % seconds);
      return { json: { token: totp.generate({ timestamp }), secondsRemaining } };
    }),
});

/** Loaded when the first code is made, not when the server starts. */
const otpLibrary = () => import('otpauth');

async function secretOf(context: ExecuteContext, index: number): Promise<Secret> {
  const { Secret } = await otpLibrary();
  const { secret } = await context.credential('totpApi', index);
  try {
    return Secret.fromBase32(String(secret ?? '').replaceAll(/[\s=-]/g, ''));
  } catch (cause) {
    throw new NodeError(
      `The secret of the TOTP credential is not base32 [item ${index}]`,
      { node: context.node.name, itemIndex: index },
      { fix: 'Copy the secret again: it has letters A to Z and digits 2 to 7', cause },
    );
  }
}
