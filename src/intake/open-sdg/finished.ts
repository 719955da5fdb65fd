import type { Claim, Finding, Observation, SubmittedFile, Workspace } from '../../model/index.ts';
import { sha256Hex } from '../../store/index.ts';
import { workspaceFiles } from '../export.ts';
import { parseWorkspace } from '../parse.ts';
import { type Account, accountFiles, type TableAccount } from './account.ts';
import { refusalInChinese } from './account-words.ts';
import type { Ledger } from './ledger.ts';
import type { RepositoryFile } from './repository.ts';

export interface OpenSdgImport {
  /** All files of the workspace, the account among them; none when there is an error. */
  readonly files: readonly SubmittedFile[];
  readonly account: Account | null;
  readonly findings: readonly Finding[];
}

/** Folder of the workspace that holds the account; not read as part of the workspace. */
export const accountFolder = 'import';

/** Reads the made workspace as any other; a record that its rules refuse goes back to the account with the rule's reason. */
export function finished(
  whole: Workspace,
  tables: readonly TableAccount[],
  told: Pick<Account, 'repository' | 'passedOver'> & { readonly files: readonly RepositoryFile[] },
  ledger: Ledger,
): OpenSdgImport {
  let workspace = whole;
  for (let round = 0; round < 60; round += 1) {
    const { files, rowsOf } = workspaceFiles(workspace, (indicator) => goalFile(indicator));
    const { findings } = parseWorkspace(files);
    const errors = findings.filter(({ severity }) => severity === 'error');
    const refused = new Map<Observation | Claim, Finding>();
    for (const finding of errors) {
      const record =
        finding.where.row === undefined ? undefined : rowsOf[finding.where.file]?.[finding.where.row - 2];
      if (record !== undefined) refused.set(record, finding);
    }
    if (errors.length === 0) return accounted(workspace, files, tables, told, ledger);
    if (refused.size === 0) return { files: [], account: null, findings: errors };
    const gone = new Map(
      [...refused].map(([record, finding]) => [`${record.source} ${record.locator}`, finding]),
    );
    const fileOf = new Map(
      workspace.city.sources.map(({ id, title }) => [id, title.en.replace(/^.*?: /, '')]),
    );
    for (const [record, finding] of refused) {
      const [file, line] = [fileOf.get(record.source), Number(record.locator.slice(5))];
      const at = ledger.rows.findIndex((row) => row.file === file && row.row === line);
      const row = ledger.rows[at];
      if (row !== undefined)
        ledger.rows[at] = {
          ...row,
          outcome: 'left',
          record: null,
          column: String(finding.where.column ?? ''),
          reason: {
            en: `${finding.what}: ${finding.why}`,
            zh: refusalInChinese(finding),
          },
        };
    }
    const stays = (record: Observation | Claim) => !gone.has(`${record.source} ${record.locator}`);
    workspace = {
      ...workspace,
      observations: workspace.observations.filter(stays),
      claims: workspace.claims.filter(stays),
    };
  }
  return {
    files: [],
    account: null,
    findings: parseWorkspace(workspaceFiles(workspace, goalFile).files).findings,
  };
}

function accounted(
  workspace: Workspace,
  files: readonly SubmittedFile[],
  tables: readonly TableAccount[],
  { repository, passedOver, files: read }: Parameters<typeof finished>[2],
  ledger: Ledger,
): OpenSdgImport {
  const account: Account = {
    repository,
    city: workspace.city.id,
    rows: ledger.rows.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.row - b.row)),
    files: read.map(({ path, bytes }) => ({
      path,
      sha256: sha256Hex(bytes),
      ...(ledger.told.get(path) ?? {
        kind: 'other' as const,
        told: { en: 'not part of the data; kept in the originals', zh: '不属于数据；原件保留' },
      }),
    })),
    passedOver,
    oddities: ledger.oddities.findings,
    tables,
    counts: {
      indicators: workspace.indicators.length,
      observations: workspace.observations.length,
      claims: workspace.claims.length,
      targets: workspace.targets.length,
      areas: workspace.city.areas.length,
      'map layers': workspace.boundaries?.length ?? 0,
      'breakdown dimensions': workspace.city.dimensions.length,
      sources: workspace.city.sources.length,
    },
    chosen: ledger.chosen,
  };
  return {
    files: [...files, ...accountFiles(account, accountFolder)],
    account,
    findings: account.oddities,
  };
}

/** One file for each goal, so that a person finds an indicator and a table stays small. */
function goalFile(id: string): string {
  const [first = ''] = id.split(/[-.]/);
  return /^\d{1,2}$/.test(first) ? `goal-${first.padStart(2, '0')}` : 'others';
}
