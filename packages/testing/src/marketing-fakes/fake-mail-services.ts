import { openService, type ServiceAnswer } from './fake-service.ts';

/** Gmail's and Resend's sending APIs in one, with what they were given. */
export async function openFakeMailServices() {
  const gmail: string[] = [];
  const resend: { readonly key: string; readonly mail: Record<string, unknown> }[] = [];
  const faults: ServiceAnswer[] = [];

  const service = await openService(({ method, path, query, headers, body }) => {
    if (headers.authorization === undefined)
      return { status: 401, body: { error: { code: 401, message: 'Invalid Credentials' } } };
    if (method === 'GET') {
      const id = query.get('q')?.replace('rfc822msgid:', '') ?? '';
      const found = gmail.filter((source) => source.includes(id));
      return { status: 200, body: found.length ? { messages: [{ id: 'g1' }] } : {} };
    }
    const fault = faults.shift();
    // What is dropped was taken: that is the case nobody can tell from the outside.
    if (fault && fault !== 'drop') return fault;
    const json: Record<string, unknown> = JSON.parse(body.toString());
    if (path.endsWith('/send'))
      gmail.push(Buffer.from(String(json['raw']), 'base64url').toString());
    else resend.push({ key: String(headers['idempotency-key']), mail: json });
    return fault ?? { status: 200, body: { id: `m${gmail.length + resend.length}` } };
  });

  return {
    ...service,
    gmail,
    resend,
    /** Answers of the next sends; later ones succeed. */
    fail: (...answers: ServiceAnswer[]) => void faults.push(...answers),
  };
}
