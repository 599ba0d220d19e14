/** Characters; the server holds the same rules (`Password` in the API). */
export const minPasswordLength = 8;
const maxPasswordLength = 256;

/** The message key for a wrong email address. */
export function emailFault(email: string): string | undefined {
  if (!email.trim()) return 'auth.faults.emailMissing';
  return /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? undefined : 'auth.faults.emailShape';
}

/** The message key for a password that is missing, too short or too long. */
export function passwordFault(password: string): string | undefined {
  if (!password) return 'auth.faults.passwordMissing';
  if (password.length < minPasswordLength) return 'auth.faults.passwordShort';
  return password.length > maxPasswordLength ? 'auth.faults.passwordLong' : undefined;
}
