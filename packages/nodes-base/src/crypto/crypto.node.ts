import {
  createHash,
  createHmac,
  createSign,
  randomBytes,
  randomUUID,
  type Hash,
  type Hmac,
} from 'node:crypto';
import { NodeError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import { defineNode, type ExecuteContext } from '@millrace/workflow/node-api';
import { inputFile, piecesOf } from '../files/input-file.ts';
import { icon } from '../icon.ts';
import { forEachItem } from '../items/for-each-item.ts';
import { cryptoProperties, cryptoV1Properties } from './crypto.properties.ts';
import {
  createPassphraseBox,
  decryptWith,
  encryptFor,
  isCipher,
  type PassphraseBox,
} from './encryption.ts';
import { pem } from './pem.ts';

const about = {
  name: 'n8n-nodes-base.crypto',
  label: 'Crypto',
  description: 'Hashes, signs, encrypts and makes random values',
  subtitle: '={{ $parameter["action"] }}',
  icon: icon('M6 11h12v9H6z', 'M8 11V8a4 4 0 0 1 8 0v3', 'M12 14.5v2.5'),
  execute: (context: ExecuteContext) => {
    const secrets = createSecrets(context);
    return forEachItem(context, async (item, index) => {
      const name = String(context.param('dataPropertyName', index));
      const result = await act({ context, secrets, index });
      return { ...item, json: { ...item.json, [name]: result }, pairedItem: { item: index } };
    });
  },
};

/** Hashes, signs, encrypts and makes random values; secrets come from a credential. */
export const cryptoNode = defineNode({
  ...about,
  version: 2,
  credentials: [
    {
      name: 'crypto',
      required: true,
      displayOptions: { show: { action: ['hmac', 'sign', 'encrypt', 'decrypt'] } },
    },
  ],
  properties: cryptoProperties,
});

/** Version 1 has its secrets in parameters. */
export const cryptoV1Node = defineNode({ ...about, version: 1, properties: cryptoV1Properties });

interface Act {
  readonly context: ExecuteContext;
  readonly secrets: Secrets;
  readonly index: number;
}

async function act({ context, secrets, index }: Act): Promise<string> {
  const text = (name: string) => String(context.param(name, index));
  switch (text('action')) {
    case 'hash':
      return digest(context, createHash(openSslName(text('type'))), index);
    case 'hmac': {
      const secret = await secrets.find('hmacSecret', 'secret', index);
      return digest(context, createHmac(openSslName(text('type')), secret), index);
    }
    case 'sign': {
      const key = await secrets.find('signPrivateKey', 'privateKey', index);
      const sign = createSign(text('algorithm')).update(context.param<string>('value', index));
      return sign.sign(pem(key), encodingOf(context, index));
    }
    case 'encrypt':
    case 'decrypt':
      return sealed({ context, secrets, index });
    default:
      return generated(
        text('encodingType'),
        Number(context.param('stringLength', index, { fallback: 0 })),
      );
  }
}

const openSslName = (type: string): string => type.replace(/^SHA3-/, 'sha3-');

const encodingOf = (context: ExecuteContext, index: number): 'base64' | 'hex' =>
  context.param('encoding', index) === 'base64' ? 'base64' : 'hex';

/** A value that is no text is refused by Node itself, with its type in the message. */
async function digest(context: ExecuteContext, hash: Hash | Hmac, index: number): Promise<string> {
  const isFile = context.param('binaryData', index, { fallback: false }) === true;
  if (isFile) {
    const file = inputFile(context, String(context.param('binaryPropertyName', index)), index);
    for await (const piece of await piecesOf(context, file)) hash.update(piece);
  } else {
    hash.update(context.param<string>('value', index));
  }
  return hash.digest(encodingOf(context, index));
}

function generated(type: string, length: number): string {
  switch (type) {
    case 'uuid':
      return randomUUID();
    case 'base64':
      return randomBytes(length * 2)
        .toString('base64')
        .replaceAll(/\W/g, '')
        .slice(0, length);
    case 'hex':
      return randomBytes(length).toString('hex').slice(0, length);
    default:
      return randomBytes(length).toString('ascii').slice(0, length);
  }
}

async function sealed({ context, secrets, index }: Act): Promise<string> {
  const value = String(context.param('value', index));
  const isSealing = context.param('action', index) === 'encrypt';
  if (context.param('mode', index) === 'asymmetric') {
    return isSealing
      ? encryptFor(pem(await secrets.find('encryptionPublicKey', 'publicKey', index)), value)
      : decryptWith(pem(await secrets.find('encryptionPrivateKey', 'privateKey', index)), value);
  }
  const cipher = String(context.param('cipher', index));
  if (!isCipher(cipher)) {
    throw new NodeError(
      `The cipher "${cipher}" is not known [item ${index}]`,
      { node: context.node.name, itemIndex: index },
      { fix: 'Choose a cipher from the list' },
    );
  }
  const box = secrets.box(await secrets.find('encryptionPassphrase', 'encryptionKey', index));
  return isSealing ? box.encrypt(value, cipher) : box.decrypt(value, cipher);
}

interface Secrets {
  /** A secret under either of two names: of the credential from version 2 on, before of the node. */
  find(name: string, olderName: string, index: number): Promise<string>;
  /** Derived keys are costly: one box for all items. */
  box(passphrase: string): PassphraseBox;
}

function createSecrets(context: ExecuteContext): Secrets {
  const boxes = new Map<string, PassphraseBox>();
  return {
    async find(name, olderName, index) {
      const held: JsonObject =
        context.node.typeVersion < 2
          ? { [name]: context.param(olderName, index) }
          : await context.credential('crypto', index);
      const secret = held[name] || held[olderName];
      if (typeof secret === 'string' && secret !== '') return secret;
      throw new NodeError(
        `The secret "${name}" is not set [item ${index}]`,
        { node: context.node.name, itemIndex: index },
        { fix: `Fill in "${name}" in the Crypto credential` },
      );
    },
    box(passphrase) {
      const box = boxes.get(passphrase) ?? createPassphraseBox(passphrase);
      boxes.set(passphrase, box);
      return box;
    },
  };
}
