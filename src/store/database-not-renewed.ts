/** The tables are not those of this release and could not be brought up to it, or are ahead of it; nothing was changed. */
export class DatabaseNotRenewed extends Error {
  override readonly name = 'DatabaseNotRenewed';
}
