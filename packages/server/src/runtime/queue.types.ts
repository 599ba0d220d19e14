/** Hands out execution ids to workers. A hint only: what is to run stands in the database. */
export interface QueuePort {
  /** @throws {MillraceError} when it can take no more. */
  offer(executionId: string): void;
  /** Stops handing out, and resolves when what is under way has ended. */
  close(): Promise<void>;
  readonly waiting: number;
}

export interface QueueOptions {
  readonly concurrency: number;
  /** Runs one execution. Never rejects. */
  run(executionId: string): Promise<void>;
}
