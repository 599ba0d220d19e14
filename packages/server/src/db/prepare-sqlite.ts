/** What every connection to a SQLite file sets. Full: what was answered survives a power cut. */
export function prepareSqlite(db: { pragma(text: string): unknown }): void {
  db.pragma('synchronous = FULL');
  db.pragma('busy_timeout = 5000');
}
