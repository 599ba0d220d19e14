import { Email, Password } from '@millrace/api';

/** The message key for a wrong email address, by the server's own rule. */
export function emailFault(email: string): string | undefined {
  if (!email.trim()) return 'auth.faults.emailMissing';
  return new RegExp(Email.pattern).test(email.trim()) ? undefined : 'auth.faults.emailShape';
}

/** The message key for a password that is too short or too long. */
export function passwordFault(password: string): string | undefined {
  if (!password) return 'auth.faults.passwordMissing';
  if (password.length < minPasswordLength) return 'auth.faults.passwordShort';
  return password.length > maxPasswordLength ? 'auth.faults.passwordLong' : undefined;
}

/** Characters. */
export const minPasswordLength = Password.minLength;
const maxPasswordLength = Password.maxLength;
