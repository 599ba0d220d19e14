/** Who has to act. Decides the log level, whether it is reported, and whether a retry can help. */
export type Blame = 'user' | 'service' | 'bug';

/** Every code and whose move it is. `docs/errors.md` has one heading per code; a test holds them equal. */
export const ERROR_CODES = {
  ACCESS_DENIED: 'user',
  ACCESS_UNAUTHENTICATED: 'user',
  ACCESS_RATE_LIMITED: 'user',
  CLI_ARG_INVALID: 'user',
  CONFIG_INVALID: 'user',
  CRED_EXPIRED: 'user',
  CRED_HOST_REFUSED: 'user',
  CRED_MISSING: 'user',
  CRED_NOT_CONNECTED: 'user',
  CRED_UNREADABLE: 'user',
  DB_UNAVAILABLE: 'service',
  ENGINE_CRASH_LOOP: 'bug',
  ENGINE_NO_START: 'user',
  ENGINE_STATE_INVALID: 'bug',
  ENGINE_TIMEOUT: 'user',
  EXPR_BUDGET: 'user',
  EXPR_FAILED: 'user',
  EXPR_SYNTAX: 'user',
  GRAPH_INVALID: 'user',
  NODE_ANSWER_INVALID: 'service',
  NODE_BUDGET_SPENT: 'user',
  NODE_FAILED: 'user',
  NODE_INTERRUPTED: 'service',
  NODE_PACKAGE_INVALID: 'bug',
  NODE_PARAM_INVALID: 'user',
  NODE_SERVICE_FAILED: 'service',
  NODE_TYPE_UNKNOWN: 'user',
  NODE_CODE_FAILED: 'user',
  QUEUE_FULL: 'service',
  QUEUE_UNAVAILABLE: 'service',
  RESOURCE_CONFLICT: 'user',
  RESOURCE_INVALID: 'user',
  RESOURCE_NOT_FOUND: 'user',
  RESOURCE_TOO_LARGE: 'user',
} as const satisfies Record<string, Blame>;

export type ErrorCode = keyof typeof ERROR_CODES;
