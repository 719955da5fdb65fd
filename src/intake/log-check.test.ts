import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../model/index.ts';
import { tinyFiles } from './fixture.ts';
import { type CheckedStore, checkLog } from './log-check.ts';
import { parseWorkspace } from './parse.ts';

/** A store that answers what a log check asks, so that each kind of damage can be done to it. */
function damaged(damage: {
  readonly head?: number;
  readonly position?: number;
  readonly lost?: string;
  readonly held?: (workspace: Workspace) => Workspace;
}): CheckedStore {
  const files = tinyFiles();
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const blobs = new Map(files.map(({ path, bytes }) => [hash(bytes), { path, bytes }]));
  const { workspace } = parseWorkspace(files);
  return {
    cities: () => Promise.resolve([{ id: 'tiny', head: damage.head ?? 1 }]),
    submissions: () =>
      Promise.resolve([
        {
          city: 'tiny',
          position: damage.position ?? 1,
          kind: 'workspace',
          agent: 'test',
          received: '2022-10-31T00:00:00Z',
          corrects: null,
          files: files.map(({ path, bytes }) => ({ path, sha256: hash(bytes), size: bytes.length })),
        },
      ]),
    file: (sha256: string) => {
      const blob = blobs.get(sha256);
      if (blob === undefined || blob.path === damage.lost) return Promise.reject(new Error('gone'));
      return Promise.resolve(blob.bytes);
    },
    workspace: () =>
      Promise.resolve(workspace === null ? null : (damage.held ?? ((each) => each))(workspace)),
  };
}

const rules = async (damage: Parameters<typeof damaged>[0]) =>
  (await checkLog(damaged(damage))).findings.map(({ rule, where }) => `${rule} ${where.file}`);

describe('a source log', () => {
  it('that is whole has no findings', async () => {
    const { findings, submissions, files } = await checkLog(damaged({}));
    expect({ findings, submissions, files }).toEqual({
      findings: [],
      submissions: 1,
      files: tinyFiles().length,
    });
  });

  it('with a gap is told', async () => {
    expect(await rules({ head: 2 })).toEqual(['log.gap tiny']);
    expect(await rules({ position: 2 })).toContain('log.gap tiny');
  });

  it('with a lost file is told by its name', async () => {
    expect(await rules({ lost: 'plan.yaml' })).toEqual(['source.lost plan.yaml']);
  });

  it('that the database does not follow is told', async () => {
    const held = (workspace: Workspace): Workspace => ({
      ...workspace,
      observations: workspace.observations.slice(1),
    });
    expect(await rules({ held })).toEqual(['database.differs tiny@1']);
  });
});
