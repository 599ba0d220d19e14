import { readFile } from 'node:fs/promises';
import { ArgError } from './arg.error.ts';

/**
 * Reads a JSON file named on the command line.
 *
 * @param arg - The argument that named it, for the message.
 * @throws {ArgError} when it is not there or is not JSON.
 */
export async function readJson(arg: string, path: string): Promise<unknown> {
  const text = await readText(arg, path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArgError(
      arg,
      path,
      `It is not JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Reads a text file named on the command line. @throws {ArgError} when it cannot be read. */
export async function readText(arg: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new ArgError(arg, path, 'Name a file that exists and can be read');
  }
}
