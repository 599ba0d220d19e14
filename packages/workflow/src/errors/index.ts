export { CodeError } from './code.error.ts';
export { ERROR_CODES, type Blame, type ErrorCode } from './error-codes.ts';
export { isMillraceError, MillraceError } from './millrace-error.ts';
export { NodeInterruptedError } from './node-interrupted.error.ts';
export { NodeError } from './node.error.ts';
export { NodeTypeError } from './node-type.error.ts';
export { NotFoundError } from './not-found.error.ts';
export { ParamError } from './param.error.ts';
