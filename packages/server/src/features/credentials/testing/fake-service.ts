import { createServer } from 'node:http';

/** A service on a spare port that lets in who sends `authorization`. */
export async function openFakeService({ authorization }: { readonly authorization: string }) {
  const server = createServer((request, response) => {
    const isKnown = request.headers.authorization === authorization;
    response.writeHead(isKnown ? 200 : 401).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    base: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
