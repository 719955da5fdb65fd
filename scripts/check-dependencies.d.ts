interface LockEntry {
  readonly dev?: boolean;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}
export function lockFaults(lock: {
  readonly packages: Readonly<Record<string, LockEntry>>;
}): readonly string[];
export function weaknesses(report: unknown): readonly string[] | null;
