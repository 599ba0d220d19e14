import { MillraceError } from '@millrace/workflow/errors';

/** A variable of the environment has a value that cannot be used. Its message is one line. */
export class ConfigError extends MillraceError<{ variable: string; accepted: string }> {
  readonly code = 'CONFIG_INVALID';

  constructor(variable: string, value: string, accepted: string) {
    super(`${variable} is ${JSON.stringify(value)}, but it must be ${accepted}`, {
      details: { variable, accepted },
    });
  }
}
