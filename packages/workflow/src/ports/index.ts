export type { BinaryPort } from './binary.ts';
export type { Clock, Random } from './clock.ts';
export type { CodePort, CodeRequest, CodeResult } from './code.ts';
export type { FilesPort, OpenFile } from './files.ts';
export type { HostPort, SocketAddress } from './hosts.ts';
export type { HttpPort, HttpRequest, HttpResponse, ResponseHead, StreamedBody } from './http.ts';
export type {
  FailedTry,
  JournalPort,
  PastTry,
  RunAttempt,
  RunRecord,
  RunStatus,
} from './journal.ts';
export type {
  LlmAnswer,
  LlmEmbeddings,
  LlmImage,
  LlmMessage,
  LlmPort,
  LlmRequest,
  LlmUsage,
} from './llm.ts';
