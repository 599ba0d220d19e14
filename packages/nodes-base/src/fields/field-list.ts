/** Field names from comma-separated text or a list; blanks dropped. */
export function fieldList(value: unknown): string[] {
  const parts = Array.isArray(value)
    ? value.map(String)
    : typeof value === 'string'
      ? value.split(',')
      : [];
  return parts.map((part) => part.trim()).filter(Boolean);
}
