import { describeParams, p, type CredentialType } from '@millrace/workflow/node-api';

const secretText = (label: string) => p.string({ label, password: true });
const pemText = (label: string) =>
  p.string({ label, password: true, typeOptions: { rows: 4 }, hint: 'In PEM format' });

/** Secrets nodes sign, encrypt and count with; names and fields are n8n's. */
export const secretTypes: readonly CredentialType[] = [
  {
    name: 'crypto',
    displayName: 'Crypto',
    properties: describeParams({
      hmacSecret: secretText('Hmac secret'),
      signPrivateKey: pemText('Private key'),
      encryptionPassphrase: secretText('Encryption passphrase'),
      encryptionPublicKey: pemText('Encryption public key'),
      encryptionPrivateKey: pemText('Encryption private key'),
    }),
  },
  {
    name: 'jwtAuth',
    displayName: 'JWT Auth',
    properties: describeParams({
      keyType: p.options({
        label: 'Key type',
        default: 'passphrase',
        choices: [
          { value: 'passphrase', label: 'Passphrase', hint: 'HS256, HS384 and HS512' },
          { value: 'pemKey', label: 'PEM key', hint: 'RS, ES and PS algorithms' },
        ],
      }),
      secret: p.string({ label: 'Secret', password: true, when: { keyType: ['passphrase'] } }),
      privateKey: p.string({ label: 'Private key', password: true, when: { keyType: ['pemKey'] } }),
      publicKey: p.string({ label: 'Public key', password: true, when: { keyType: ['pemKey'] } }),
      algorithm: p.options({
        label: 'Algorithm',
        default: 'HS256',
        choices: ['HS', 'RS', 'ES', 'PS'].flatMap((kind) =>
          ['256', '384', '512'].map((bits) => ({ value: kind + bits, label: kind + bits })),
        ),
      }),
    }),
  },
  {
    name: 'totpApi',
    displayName: 'TOTP API',
    properties: describeParams({
      secret: p.string({
        label: 'Secret',
        password: true,
        required: true,
        placeholder: 'BVDRSBXQB2ZEL5HE',
      }),
      label: p.string({ label: 'Label', required: true, placeholder: 'GitHub:john-doe' }),
    }),
  },
];
