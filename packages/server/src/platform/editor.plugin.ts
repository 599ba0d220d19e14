import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fp from 'fastify-plugin';
import { problem } from './errors.plugin.ts';

export interface EditorOptions {
  /** Folder of the built editor; without one `/` says so. */
  readonly folder: string | undefined;
}

/** Paths that are never a page of the editor. */
const NOT_A_PAGE =
  /^\/(api|webhook|webhook-test|webhook-waiting|form|form-test|form-waiting|push|assets|metrics|healthz|readyz)(\/|$|\?)/;

/**
 * Serves the editor's files, and its page for every address that is the editor's own to route.
 * All of it is public: it comes before the access plugin.
 */
export const editorPlugin = fp<EditorOptions>(
  async (app, { folder }) => {
    const index = folder && join(folder, 'index.html');
    const isBuilt = index !== undefined && existsSync(index);

    if (isBuilt && folder) {
      await app.register(fastifyStatic, {
        root: join(folder, 'assets'),
        prefix: '/assets/',
        immutable: true,
        maxAge: '365d',
      });
    }

    app.setNotFoundHandler(async (request, reply) => {
      const isPage =
        (request.method === 'GET' || request.method === 'HEAD') && !NOT_A_PAGE.test(request.url);
      if (!isPage) {
        const detail = `There is nothing at ${request.method} ${request.url.split('?')[0]}`;
        return reply
          .code(404)
          .type('application/problem+json')
          .send(problem(404, 'RESOURCE_NOT_FOUND', detail));
      }
      if (!isBuilt || !index) {
        return reply.type('text/plain').send('The editor is not built yet. Run: npm run build\n');
      }
      const file = folder && (await rootFile(folder, request.url));
      if (file) return reply.type(file.type).send(file.bytes);
      const page = await readFile(index);
      return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
    });
  },
  { name: 'editor', fastify: '5.x' },
);

const ROOT_FILES = new Map([
  ['js', 'text/javascript; charset=utf-8'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['ico', 'image/x-icon'],
  ['txt', 'text/plain'],
  ['webmanifest', 'application/manifest+json'],
]);

/** Icons and the like beside index.html: one plain name, no folders. */
async function rootFile(folder: string, url: string) {
  const [, name, extension] = /^\/([\w-]+\.(\w+))(?:\?|$)/.exec(url) ?? [];
  const type = extension && ROOT_FILES.get(extension);
  if (!name || !type) return undefined;
  const bytes = await readFile(join(folder, name)).catch(() => undefined);
  return bytes && { type, bytes };
}
