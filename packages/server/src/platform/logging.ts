import { pino, type Logger } from 'pino';
import type { Config } from '../config/index.ts';

/** The process's log: JSON lines or readable text, always on stderr, never with secrets. */
export function createLogger({ level, format }: Config['log']): Logger {
  const options = {
    level,
    redact: {
      paths: ['*.password', '*.authorization', '*.cookie', 'req.headers', 'headers'],
      censor: '[redacted]',
    },
  };
  if (format === 'json') return pino(options, pino.destination({ dest: 2, sync: false }));
  return pino({
    ...options,
    transport: {
      target: 'pino-pretty',
      options: { destination: 2, translateTime: 'HH:MM:ss', ignore: 'pid,hostname' },
    },
  });
}
