import { describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { replay } from '../intake/index.ts';
import { play, registersOn, testRegisters } from './fixture.ts';
import { eraseExpired } from './retention.ts';
import { visibleTexts } from './visible.ts';

const [engine] = testEngines;

describe('personal data past its time of keeping', () => {
  it('is erased with a note in the log, by cases that are closed, and stays erased after a replay', async () => {
    if (engine === undefined) throw new Error('no engine');
    const { all, store, directory, close } = await testRegisters(engine);
    const again = await (await engine.place()).open();
    try {
      const filed = { category: 'water', description: 'Foam at the bridge', phone: '13800000000' };
      const handle = (
        closedOn: string,
        more: readonly (readonly [string, Record<string, string>, object])[],
      ) =>
        play(all, 'complaints', [
          ['filed', filed, { now: '2020-02-01T02:00:00Z' }],
          ['routed', { department: 'Water office', publish: 'yes' }, { now: '2020-02-02T02:00:00Z' }],
          ['answered', { answer: 'Seen to.' }, { now: '2020-02-28T02:00:00Z' }],
          ['closed', { outcome: 'resolved' }, { now: closedOn }],
          ...more,
        ]);
      // Closed on 29 February 2020, local time: kept three years, to 1 March 2023.
      const old = await handle('2020-02-28T17:00:00Z', []);
      const younger = await handle('2020-03-02T02:00:00Z', []);
      const reopened = await handle('2020-02-28T17:00:00Z', [
        ['reopened', { objection: 'It is back.' }, { now: '2020-02-29T02:00:00Z' }],
      ]);
      const seen = async (stream: string, of = all) => {
        const register = of.get('complaints');
        const each = await register?.case(stream);
        if (register === undefined || each == null) throw new Error(stream);
        return (await visibleTexts(register, each, await register.events(stream), ['reporter'])).phone;
      };
      const { keys } = all.at;
      expect(await eraseExpired(all, keys, '2023-03-01T15:59:00Z')).toEqual([]);
      const gone = await eraseExpired(all, keys, '2023-03-01T16:01:00Z');
      expect(gone.map(({ stream, keptUntil }) => [stream, keptUntil])).toEqual([[old.stream, '2023-03-01']]);
      // A second run, as of any other process, finds nothing to do.
      expect(await eraseExpired(all, keys, '2023-03-01T16:02:00Z')).toEqual([]);
      expect(await Promise.all([old, younger, reopened].map(({ stream }) => seen(stream)))).toEqual([
        undefined,
        '13800000000',
        '13800000000',
      ]);
      expect((await all.get('erasures')?.cases())?.map(({ values }) => values)).toEqual([
        {
          erased_case: old.stream,
          erased_register: 'complaints',
          why: 'retention',
          kept_until: '2023-03-01',
        },
      ]);
      expect((await replay(store, again, { compare: store })).findings).toEqual([]);
      const rebuilt = registersOn(again, directory);
      expect([await seen(old.stream, rebuilt), await seen(younger.stream, rebuilt)]).toEqual([
        undefined,
        '13800000000',
      ]);
    } finally {
      await again.close();
      await close();
    }
  });
});
