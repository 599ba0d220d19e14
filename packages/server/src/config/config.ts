import type { DatabaseLocation } from '../db/open-database.ts';
import type { S3Location } from '../runtime/binary/s3-blobs.ts';

/** Everything an operator may set, decided once at start. */
export interface Config {
  /** Folder for the key, the SQLite file and binary data. */
  readonly home: string;
  readonly host: string;
  readonly port: number;
  /** How the outside reaches us; without a slash at its end. */
  readonly publicUrl: string;
  readonly database: DatabaseLocation;
  /** Files are kept there in place of in `home`. */
  readonly s3: S3Location | undefined;
  readonly redisUrl: string | undefined;
  readonly queue: 'memory' | 'bullmq';
  readonly queuePrefix: string;
  /** Executions side by side in one process. */
  readonly concurrency: number;
  /** After so long without a sign of life, what a process runs may be taken over. */
  readonly leaseSeconds: number;
  /** How often an execution that gets no further is begun again after crashes. */
  readonly maxRestarts: number;
  /** How long executions may go on after SIGTERM, before they are given back. */
  readonly shutdownSeconds: number;
  /** With so many waiting, callers are told to come again (429). */
  readonly queueLimit: number;
  /** Requests one API key may make in a minute, in each process; 0 for any number. */
  readonly apiRatePerMinute: number;
  /** Given by the operator; without it a key is made in `home`. */
  readonly encryptionKey: string | undefined;
  readonly owner: { readonly email: string; readonly password: string } | undefined;
  readonly egress: {
    /** Hosts and CIDRs that may be reached although their address is private. */
    readonly allow: readonly string[];
    readonly map: readonly EgressMapping[];
  };
  /** The one folder file nodes may use; without it they refuse to run. */
  readonly filesRoot: string | undefined;
  readonly timezone: string;
  readonly log: { readonly level: LogLevel; readonly format: 'pretty' | 'json' };
  readonly metrics: boolean;
}

/** Requests to `host` go to `target` in its place. */
export interface EgressMapping {
  readonly host: string;
  readonly target: string;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
