import { describeParams, p, type Property, type When } from '@millrace/workflow/node-api';

const ALGORITHMS = ['HS', 'RS', 'ES', 'PS'].flatMap((kind) =>
  ['256', '384', '512'].map((bits) => kind + bits),
);

const signing: When = { operation: ['sign'] };
const reading: When = { operation: ['verify', 'decode'] };
const verifying: When = { '/operation': ['verify'] };

const claimFields = {
  audience: p.string({ label: 'Audience', placeholder: 'https://example.com' }),
  expiresIn: p.number({ label: 'Expires in', hint: 'Seconds from now', default: 3600 }),
  issuer: p.string({ label: 'Issuer' }),
  jwtid: p.string({ label: 'JWT id' }),
  notBefore: p.number({ label: 'Not before', hint: 'Seconds from now', default: 0 }),
  subject: p.string({ label: 'Subject' }),
};

const optionFields = {
  complete: p.boolean({
    label: 'Return additional info',
    hint: 'Header and signature too',
    when: { '/operation': ['verify', 'decode'] },
  }),
  ignoreExpiration: p.boolean({ label: 'Ignore expiration', when: verifying }),
  ignoreNotBefore: p.boolean({ label: 'Ignore not before', when: verifying }),
  clockTolerance: p.number({
    label: 'Clock tolerance',
    hint: 'Seconds clocks may differ',
    default: 0,
    when: verifying,
  }),
  kid: p.string({ label: 'Key id', when: { '/operation': ['sign'] } }),
  algorithm: p.options({
    label: 'Override algorithm',
    default: 'HS256',
    when: { '/operation': ['sign', 'verify'] },
    choices: ALGORITHMS.map((value) => ({ value, label: value })),
  }),
};

export const jwtProperties: readonly Property[] = describeParams({
  operation: p.options({
    label: 'Operation',
    default: 'sign',
    fixed: true,
    choices: [
      { value: 'decode', label: 'Decode' },
      { value: 'sign', label: 'Sign' },
      { value: 'verify', label: 'Verify' },
    ],
  }),
  useJson: p.boolean({ label: 'Use JSON to build payload', when: signing }),
  claims: p.collection({
    label: 'Payload claims',
    when: { ...signing, useJson: [false] },
    fields: claimFields,
  }),
  claimsJson: p.raw({
    label: 'Payload claims (JSON)',
    type: 'json',
    default: '{\n  "sub": "1234567890"\n}',
    validateType: 'object',
    when: { ...signing, useJson: [true] },
  }),
  headerClaims: p.raw({
    label: 'Header claims (JSON)',
    type: 'json',
    default: '{}',
    when: signing,
  }),
  token: p.raw({
    label: 'Token',
    type: 'string',
    default: '',
    validateType: 'jwt',
    typeOptions: { password: true },
    when: reading,
  }),
  options: p.collection({ label: 'Options', fields: optionFields }),
});
