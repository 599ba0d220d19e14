/** Where to go after signing in: a path of this editor, never another site. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/workflows';
}
