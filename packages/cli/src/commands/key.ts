import { readFileSync } from 'node:fs';
import { defineCommand } from 'citty';
import { readConfig, rotateKey } from '@millrace/server';
import { ArgError } from '../arg.error.ts';

const MIN_LENGTH = 16;

const rotate = defineCommand({
  meta: {
    name: 'rotate',
    description: 'Give the stopped instance another key and seal every credential with it',
  },
  args: {
    'to-file': { type: 'string', description: 'File with the new key; by default one is made' },
    'leave-unreadable': {
      type: 'boolean',
      default: false,
      description: 'Go on although credentials do not open with the key in use',
    },
  },
  async run({ args: { 'to-file': file, 'leave-unreadable': leavesUnreadable } }) {
    const config = readConfig(process.env);
    const isGiven = config.encryptionKey !== undefined;
    if (isGiven && file === undefined)
      throw new ArgError(
        '--to-file',
        '',
        'MILLRACE_ENCRYPTION_KEY holds the key: write a new one to a file and name it here',
      );
    const newKey = file === undefined ? undefined : readNewKey(file);
    console.log(JSON.stringify(await rotateKey(config, { newKey, leavesUnreadable })));
    console.error(
      isGiven
        ? `Now set MILLRACE_ENCRYPTION_KEY to what is in ${file}, for every process`
        : `The new key is in ${config.home}, file "key": back it up, and copy it to other machines of the instance`,
    );
  },
});

function readNewKey(file: string): string {
  const text = readText(file);
  if (text.length < MIN_LENGTH || text.includes('\n'))
    throw new ArgError(
      '--to-file',
      file,
      `It must hold one line of ${MIN_LENGTH} characters or more`,
    );
  return text;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new ArgError('--to-file', file, 'Name a file that can be read');
  }
}

export default defineCommand({
  meta: { name: 'key', description: 'The key that protects credentials' },
  subCommands: { rotate },
});
