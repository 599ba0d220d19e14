import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { ProblemBody } from '@millrace/api';
import { isDatabaseAway } from '../db/index.ts';
import { isMillraceError, type ErrorCode, type MillraceError } from '@millrace/workflow/errors';

const LEVEL = { user: 'debug', service: 'warn', bug: 'error' } as const;

/** When to come again, for what passes by itself. */
const RETRY_AFTER_SECONDS: Readonly<Record<string, string>> = {
  ACCESS_RATE_LIMITED: '60',
  QUEUE_FULL: '5',
  DB_UNAVAILABLE: '5',
  QUEUE_UNAVAILABLE: '5',
};

/** Turns every thrown thing into one body: RFC 9457 problem+json with our code and fix. */
export const errorsPlugin = fp(
  async (app) => {
    app.setErrorHandler<FastifyError>((error, request, reply) => {
      const problem = problemOf(error, request);
      const retryAfter = retryAfterOf(error) ?? RETRY_AFTER_SECONDS[problem.code];
      if (retryAfter !== undefined && !reply.hasHeader('retry-after'))
        reply.header('retry-after', retryAfter);
      return reply.code(problem.status).type('application/problem+json').send(problem);
    });
  },
  { name: 'errors', fastify: '5.x' },
);

/** An error that knows it says when. */
function retryAfterOf(error: FastifyError): string | undefined {
  if (!isMillraceError(error) || !('retryAfterSeconds' in error.details)) return undefined;
  return String(error.details.retryAfterSeconds);
}

function problemOf(error: FastifyError, request: FastifyRequest): ProblemBody {
  if (isMillraceError(error)) {
    request.log[LEVEL[error.blame]]({ err: error }, error.message);
    return ofMillraceError(error);
  }
  if (error.validation) return ofValidation(error);
  // Fastify's own, such as a body that is not JSON: meant for the caller.
  if (error.statusCode && error.statusCode < 500)
    return problem(error.statusCode, codeOf(error.statusCode), error.message);

  if (isDatabaseAway(error)) {
    request.log.error({ err: error }, 'The database cannot be reached');
    return {
      ...problem(503, 'DB_UNAVAILABLE', 'The database cannot be reached: nothing was accepted'),
      fix: 'Send it again in a few seconds',
    };
  }

  request.log.error({ err: error }, 'Unhandled error');
  return {
    ...problem(500, 'INTERNAL', `Unexpected error. Quote request ${request.id} when you report it`),
    requestId: request.id,
  };
}

function ofMillraceError(error: MillraceError): ProblemBody {
  const details = Object.entries(error.details);
  return {
    ...problem(statusOf(error.code), error.code, error.message),
    ...(error.fix !== undefined && { fix: error.fix }),
    ...(details.length > 0 && { details: Object.fromEntries(details) }),
  };
}

function ofValidation(error: FastifyError): ProblemBody {
  const where = error.validationContext ?? 'body';
  const errors = (error.validation ?? []).slice(0, 20).map(({ instancePath, message }) => ({
    pointer: where === 'body' ? instancePath : `/${where}${instancePath}`,
    detail: message ?? 'is not valid',
  }));
  const first = errors[0];
  const detail = first
    ? `The ${where} is not valid: ${first.pointer || '/'} ${first.detail}`
    : `The ${where} is not valid`;
  return {
    ...problem(400, 'RESOURCE_INVALID', detail),
    fix: 'Compare it with the description at /api/v1/docs',
    errors,
  };
}

/** A problem body for a status, without details. */
export const problem = (status: number, code: string, detail: string): ProblemBody => ({
  type: `https://millrace.dev/errors#${code.toLowerCase()}`,
  title: STATUS_CODES[status] ?? 'Error',
  status,
  code,
  detail,
});

function statusOf(code: ErrorCode): number {
  switch (code) {
    case 'ACCESS_UNAUTHENTICATED':
      return 401;
    case 'ACCESS_DENIED':
      return 403;
    case 'RESOURCE_NOT_FOUND':
      return 404;
    case 'RESOURCE_CONFLICT':
      return 409;
    case 'RESOURCE_TOO_LARGE':
      return 413;
    case 'ACCESS_RATE_LIMITED':
    case 'QUEUE_FULL':
      return 429;
    case 'NODE_SERVICE_FAILED':
      return 502;
    case 'DB_UNAVAILABLE':
    case 'QUEUE_UNAVAILABLE':
      return 503;
    case 'ENGINE_STATE_INVALID':
      return 500;
    case 'RESOURCE_INVALID':
      return 400;
    default:
      return 422;
  }
}

function codeOf(status: number): string {
  if (status === 404) return 'RESOURCE_NOT_FOUND';
  if (status === 413) return 'RESOURCE_TOO_LARGE';
  if (status === 429) return 'ACCESS_RATE_LIMITED';
  return 'RESOURCE_INVALID';
}
