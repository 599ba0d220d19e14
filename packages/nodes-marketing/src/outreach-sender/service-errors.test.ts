import { openOutreachBench } from '@millrace/testing/marketing-fakes';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outreachMessages, outreachThreads, suppressions } from '../tables/outreach.ts';

const MONDAY_TEN = Date.UTC(2026, 10, 23, 10);
const DAY_MS = 86_400_000;

let bench: Awaited<ReturnType<typeof openOutreachBench>>;
beforeAll(async () => {
  bench = await openOutreachBench(MONDAY_TEN);
});
beforeEach(async () => {
  await bench.reset();
  await bench
    .tables()
    .open(outreachThreads)
    .insert({ campaign: 'links', email: 'bo@their.example', subject: 'Hi', body: 'Hello.' });
});
afterAll(() => bench.close());

const threads = () => bench.tables().open(outreachThreads).find();
const messages = () => bench.tables().open(outreachMessages).find();
const arrived = () => bench.services.gmail.length + bench.services.resend.length;

/** Google's shape of an error. */
const google = (code: number, status: string, reason: string, message: string) => ({
  error: { code, message, status, errors: [{ message, domain: 'global', reason }] },
});
/** Resend's. */
const resend = (statusCode: number, name: string, message: string) => ({
  statusCode,
  name,
  message,
});

describe('the mailbox cannot send: the run ends with the reason, what is due stays due', () => {
  test.each([
    ['gmail', google(401, 'UNAUTHENTICATED', 'authError', 'Invalid Credentials')],
    ['gmail', google(403, 'PERMISSION_DENIED', 'insufficientPermissions', 'Insufficient scopes')],
    ['gmail', google(403, 'PERMISSION_DENIED', 'dailyLimitExceeded', 'Daily Limit Exceeded')],
    ['gmail', google(403, 'RESOURCE_EXHAUSTED', 'userRateLimitExceeded', 'User Rate Limit')],
    ['gmail', google(403, 'PERMISSION_DENIED', 'domainPolicy', 'The domain disabled Gmail apps')],
    ['gmail', google(429, 'RESOURCE_EXHAUSTED', 'rateLimitExceeded', 'Too many requests')],
    ['gmail', google(400, 'FAILED_PRECONDITION', 'failedPrecondition', 'Mail is not enabled')],
    ['resend', resend(401, 'missing_api_key', 'Missing API key')],
    ['resend', resend(401, 'restricted_api_key', 'This key may only send from one domain')],
    ['resend', resend(403, 'invalid_api_key', 'API key is invalid')],
    ['resend', resend(403, 'validation_error', 'The our.example domain is not verified')],
    ['resend', resend(422, 'invalid_from_address', 'Invalid `from` field')],
    ['resend', resend(422, 'invalid_access', 'Access must be "full_access" | "sending_access"')],
    ['resend', resend(429, 'rate_limit_exceeded', 'Too many requests')],
    ['resend', resend(429, 'daily_quota_exceeded', 'You have reached your daily quota')],
    ['resend', resend(429, 'monthly_quota_exceeded', 'You have reached your monthly quota')],
  ])('%s: %o', async (service, body) => {
    const { status, message } = readable(body);
    // The credential signs anew after a 401, and hears the same.
    for (let n = 0; n < (status === 401 ? 2 : 1); n++) bench.services.fail({ status, body });
    await expect(bench.run({ service })).rejects.toThrow(message);
    expect(await threads()).toMatchObject([{ state: 'queued', step: 0, dueAt: null }]);
    expect(await bench.run({ service })).toMatchObject([{ state: 'sent' }]);
    expect(arrived()).toBe(1);
  });
});

describe('this mail is refused: a person looks at it, the contact stays', () => {
  test.each([
    ['gmail', google(400, 'INVALID_ARGUMENT', 'invalidArgument', 'Invalid To header')],
    ['gmail', google(413, 'INVALID_ARGUMENT', 'uploadTooLarge', 'Request Entity Too Large')],
    ['resend', resend(400, 'validation_error', 'We found an error with one or more fields')],
    ['resend', resend(400, 'invalid_idempotency_key', 'The key must be 1 to 256 characters')],
    ['resend', resend(404, 'not_found', 'The requested endpoint does not exist')],
    ['resend', resend(405, 'method_not_allowed', 'This endpoint does not support the method')],
    ['resend', resend(422, 'invalid_parameter', 'The parameter must be a valid UUID')],
    ['resend', resend(422, 'missing_required_field', 'Missing `to` field')],
    ['resend', resend(451, 'security_error', 'We may have found a security issue')],
  ])('%s: %o', async (service, body) => {
    const { status, message } = readable(body);
    bench.services.fail({ status, body });
    expect(await bench.run({ service })).toMatchObject([{ state: 'failed' }]);
    expect(await threads()).toMatchObject([
      { state: 'paused', step: 0, outcome: expect.stringContaining(message) },
    ]);
    expect(await bench.tables().open(suppressions).count()).toBe(0);
    bench.state.now += DAY_MS;
    expect([await bench.run({ service }), arrived()]).toEqual([[], 0]);
  });
});

describe('nobody knows whether it went out: never sent again', () => {
  test.each([
    ['gmail', google(500, 'INTERNAL', 'backendError', 'Internal error encountered')],
    ['gmail', google(503, 'UNAVAILABLE', 'backendError', 'The service is unavailable')],
    ['resend', resend(408, 'timeout', 'A gateway gave up waiting')],
    ['resend', resend(409, 'invalid_idempotent_request', 'Same key, other payload')],
    ['resend', resend(409, 'concurrent_idempotent_requests', 'Another request is in progress')],
    ['resend', resend(500, 'application_error', 'An unexpected error occurred')],
    ['resend', resend(500, 'internal_server_error', 'An unexpected error occurred')],
  ])('%s: %o', async (service, body) => {
    const { status, message } = readable(body);
    bench.services.fail({ status, body });
    expect(await bench.run({ service })).toMatchObject([{ state: 'unknown' }]);
    expect(await messages()).toMatchObject([
      { state: 'unknown', error: expect.stringContaining(message) },
    ]);
    expect(await threads()).toMatchObject([{ state: 'paused', step: 0 }]);
    bench.state.now += DAY_MS;
    expect([await bench.run({ service }), arrived()]).toEqual([[], 0]);
  });

  test.each(['gmail', 'resend'])(
    '%s breaks the connection after it took the mail',
    async (service) => {
      bench.services.fail('drop');
      expect(await bench.run({ service })).toMatchObject([{ state: 'unknown' }]);
      bench.state.now += DAY_MS;
      expect(await bench.run({ service })).toEqual([]);
      expect(arrived()).toBe(1);
    },
  );
});

/** Status and message of either shape. */
function readable(body: ReturnType<typeof google> | ReturnType<typeof resend>) {
  return 'error' in body
    ? { status: body.error.code, message: body.error.message }
    : { status: body.statusCode, message: body.message };
}
