import type { Localized } from '../../model/index.ts';
import type { FileAccount, RowAccount } from './account.ts';
import { Oddities } from './oddities.ts';

/** The account in the making: what became of each row and file, what was odd, what the import chose by itself. */
export class Ledger {
  readonly oddities = new Oddities();
  readonly rows: RowAccount[] = [];
  readonly told = new Map<string, Omit<FileAccount, 'sha256' | 'path'>>();
  readonly chosen: Localized[] = [];

  tell(path: string, kind: FileAccount['kind'], told: Localized): void {
    this.told.set(path, { kind, told });
  }

  row(
    file: string,
    row: number,
    outcome: RowAccount['outcome'],
    record: string | null,
    column: string | null = null,
    reason: Localized | null = null,
  ): void {
    this.rows.push({ file, row, outcome, record, column, reason });
  }
}
