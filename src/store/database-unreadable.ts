/** The embedded database cannot be opened; the log beside it can be read (`rebuildEmbedded`). */
export class DatabaseUnreadable extends Error {
  override readonly name = 'DatabaseUnreadable';
}
