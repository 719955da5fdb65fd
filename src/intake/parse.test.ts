import { describe, expect, it } from 'vitest';
import { exportWorkspace } from './export.ts';
import { tinyFiles } from './fixture.ts';
import { parseWorkspace } from './parse.ts';

describe('a workspace', () => {
  const { workspace, findings, origins } = parseWorkspace(tinyFiles());

  it('without faults is read whole', () => {
    expect(findings).toEqual([]);
    expect(workspace?.observations).toHaveLength(4);
    expect(workspace?.claims[0]?.ref).toBe('C1');
    expect(workspace?.reviews[0]?.chapters.map(({ language }) => language)).toEqual(['en', 'zh']);
  });

  it('keeps numbers as they were typed', () => {
    expect(
      workspace?.observations.find(({ area, indicator }) => area === 'T' && indicator === 'green-share')
        ?.value,
    ).toBe('38.50');
    expect(workspace?.plans[0]?.commitments[1]?.targets[0]?.value).toBe('42.0');
    expect(workspace?.city.sources[0]?.date).toBe('2022');
  });

  it('knows where each record stands', () => {
    expect(origins.get('observation/T1/population/2021/sex=f')).toEqual({
      file: 'observations/2021.csv',
      row: 3,
    });
    expect(origins.get('indicator/green-share')).toEqual({ file: 'indicators/core.yaml', row: 5 });
  });

  it('comes back from its own export', () => {
    if (workspace === null) throw new Error('not read');
    const again = parseWorkspace(exportWorkspace(workspace));
    expect(again.findings).toEqual([]);
    expect(again.workspace).toEqual(workspace);
  });
});
