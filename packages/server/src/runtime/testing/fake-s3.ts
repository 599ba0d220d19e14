import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

/** Just enough of S3 on loopback: PUT, GET, HEAD, DELETE of objects and a listing, in memory. */
export async function openFakeS3() {
  const objects = new Map<string, { readonly bytes: Buffer; readonly at: Date }>();

  async function answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3');
    if (request.method === 'GET' && searchParams.has('list-type'))
      return void reply.end(listing(searchParams.get('prefix') ?? ''));
    const key = decodeURIComponent(pathname.split('/').slice(2).join('/'));
    const found = objects.get(key);
    if (request.method === 'PUT') {
      objects.set(key, { bytes: await buffer(request), at: new Date() });
      return void reply.setHeader('etag', '"x"').end();
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return void reply.writeHead(204).end();
    }
    if (!found) return void reply.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    reply.setHeader('last-modified', found.at.toUTCString());
    reply.setHeader('content-length', found.bytes.length);
    return void reply.end(request.method === 'HEAD' ? undefined : found.bytes);
  }

  const listing = (prefix: string) =>
    `<ListBucketResult><IsTruncated>false</IsTruncated>${[...objects]
      .filter(([key]) => key.startsWith(prefix))
      .map(
        ([key, { bytes, at }]) =>
          `<Contents><Key>${key}</Key><Size>${bytes.length}</Size><LastModified>${at.toISOString()}</LastModified></Contents>`,
      )
      .join('')}</ListBucketResult>`;

  const server = createServer((request, reply) => void answer(request, reply));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    keys: () => [...objects.keys()],
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
