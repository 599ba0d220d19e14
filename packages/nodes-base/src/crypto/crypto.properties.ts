import { describeParams, p, type Property, type When } from '@millrace/workflow/node-api';

const HASHES = ['MD5', 'SHA1', 'SHA256', 'SHA3-256', 'SHA3-384', 'SHA3-512', 'SHA384', 'SHA512'];
const SIGNATURES = [
  'RSA-MD5',
  'RSA-RIPEMD160',
  'RSA-SHA1',
  'RSA-SHA1-2',
  'RSA-SHA224',
  'RSA-SHA256',
  'RSA-SHA3-224',
  'RSA-SHA3-256',
  'RSA-SHA3-384',
  'RSA-SHA3-512',
  'RSA-SHA384',
  'RSA-SHA512',
  'RSA-SHA512/224',
  'RSA-SHA512/256',
];
const CIPHERS = ['aes-256-gcm', 'aes-192-gcm', 'aes-128-gcm', 'chacha20-poly1305'];

const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
const doing = (...action: string[]): When => ({ action });

const encoding = (when: When) => ({
  encoding: p.options({
    label: 'Encoding',
    default: 'hex',
    when,
    choices: [
      { value: 'base64', label: 'BASE64' },
      { value: 'hex', label: 'HEX' },
    ],
  }),
});

const value = (when: When) => ({
  value: p.string({ label: 'Value', hint: 'The text to work on', required: true, when }),
});

const dataPropertyName = (when: When) => ({
  dataPropertyName: p.string({
    label: 'Property name',
    hint: 'The field the result is put into',
    default: 'data',
    required: true,
    when,
  }),
});

const hashType = (first: string, when: When) => ({
  type: p.options({ label: 'Type', default: first, when, choices: choices(HASHES) }),
});

const hashing: Property[] = describeParams({
  binaryData: p.boolean({ label: 'Binary file', when: doing('hash', 'hmac') }),
  binaryPropertyName: p.string({
    label: 'Binary property name',
    default: 'data',
    when: { ...doing('hash', 'hmac'), binaryData: [true] },
  }),
});

const hash = (first: string) =>
  describeParams({
    ...hashType(first, doing('hash')),
    ...value({ ...doing('hash'), binaryData: [false] }),
    ...dataPropertyName(doing('hash')),
    ...encoding(doing('hash')),
  });

const hmac = (first: string, hasSecret: boolean) => [
  ...describeParams({
    ...hashType(first, doing('hmac')),
    ...value({ ...doing('hmac'), binaryData: [false] }),
    ...dataPropertyName(doing('hmac')),
    ...(hasSecret && {
      secret: p.string({ label: 'Secret', password: true, required: true, when: doing('hmac') }),
    }),
    ...encoding(doing('hmac')),
  }),
];

const sign = (hasKey: boolean) =>
  describeParams({
    ...value(doing('sign')),
    ...dataPropertyName(doing('sign')),
    algorithm: p.raw({
      label: 'Algorithm',
      type: 'options',
      default: '',
      required: true,
      when: doing('sign'),
      options: SIGNATURES.map((name) => ({ name, value: name })),
    }),
    ...encoding(doing('sign')),
    ...(hasKey && {
      privateKey: p.text({ label: 'Private key', required: true, when: doing('sign') }),
    }),
  });

const generate = describeParams({
  ...dataPropertyName(doing('generate')),
  encodingType: p.options({
    label: 'Type',
    default: 'uuid',
    when: doing('generate'),
    choices: [
      { value: 'ascii', label: 'ASCII' },
      { value: 'base64', label: 'BASE64' },
      { value: 'hex', label: 'HEX' },
      { value: 'uuid', label: 'UUID' },
    ],
  }),
  stringLength: p.number({
    label: 'Length',
    default: 32,
    when: { ...doing('generate'), encodingType: ['ascii', 'base64', 'hex'] },
  }),
});

const encrypting = doing('encrypt', 'decrypt');

const encryption = describeParams({
  mode: p.options({
    label: 'Mode',
    default: 'symmetric',
    when: encrypting,
    choices: [
      { value: 'symmetric', label: 'Symmetric', hint: 'One passphrase for both ways' },
      { value: 'asymmetric', label: 'Asymmetric', hint: 'RSA: a public and a private key' },
    ],
  }),
  cipher: p.options({
    label: 'Cipher',
    default: 'aes-256-gcm',
    when: { ...encrypting, mode: ['symmetric'] },
    choices: choices(CIPHERS),
  }),
  ...value(encrypting),
  ...dataPropertyName(encrypting),
});

const action = (...values: string[]) =>
  describeParams({
    action: p.options({
      label: 'Action',
      default: 'hash',
      fixed: true,
      choices: values.map((name) => ({
        value: name,
        label: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      })),
    }),
  });

/** Version 1 keeps secrets in parameters. */
export const cryptoV1Properties: readonly Property[] = [
  ...action('generate', 'hash', 'hmac', 'sign'),
  ...hashing,
  ...hash('MD5'),
  ...hmac('MD5', true),
  ...sign(true),
  ...generate,
];

/** Version 2 takes secrets from a credential, and can encrypt. */
export const cryptoProperties: readonly Property[] = [
  ...action('decrypt', 'encrypt', 'generate', 'hash', 'hmac', 'sign'),
  ...hashing,
  ...hash('SHA256'),
  ...hmac('SHA256', false),
  ...sign(false),
  ...generate,
  ...encryption,
];
