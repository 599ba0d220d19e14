/** What every connection to a SQLite file sets. Full: what was answered survives a power cut. */
export function prepareSqlite(db: { pragma(text: string): unknown }): void {
  db.pragma('auto_vacuum = INCREMENTAL'); // heeded only before the first table: the file can shrink
  db.pragma('synchronous = FULL');
  // In pages of 4 KB: a checkpoint waits for the disk twice, so it comes every 32 MB, not every 4.
  db.pragma('wal_autocheckpoint = 8000');
  db.pragma('busy_timeout = 5000');
}
