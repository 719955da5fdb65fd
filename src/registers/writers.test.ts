import { describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { exportWorkspace } from '../intake/index.ts';
import { place, registersOn } from './fixture.ts';
import { shippedRegister } from './shipped.ts';

const servers = testEngines.filter(({ name }) => name === 'postgres');

describe.each(servers)('ten writers at once on $name', (engine) => {
  it('get ten times five numbers, and opposite transfers end with exact balances', async () => {
    const { directory, open } = await engine.place();
    const stores = await Promise.all(Array.from({ length: 10 }, open));
    try {
      const [first] = stores;
      if (first === undefined) throw new Error('no store');
      await first.submit({
        city: 'shanghai',
        kind: 'workspace',
        agent: 'test',
        received: '2022-01-01T00:00:00Z',
        files: exportWorkspace(place),
        workspace: place,
      });
      // Each has its own picture of the log, as processes on different machines do.
      const writers = stores.map((store) => registersOn(store, directory));
      const take = (at: number, register: string, kind: string, values: Record<string, string>) =>
        writers[at]?.get(register)?.take({
          area: '310117',
          kind,
          values,
          as: 'administrator',
          actor: `writer ${at}`,
          now: '2022-06-01T02:00:00Z',
        });
      await take(0, 'organisations', 'enterprise.added', { code: 'e1', name: 'One' });
      await take(0, 'organisations', 'enterprise.added', { code: 'e2', name: 'Two' });
      const filed = await Promise.all(
        writers.flatMap((_, at) =>
          Array.from({ length: 5 }, () =>
            take(at, 'complaints', 'filed', {
              category: 'water',
              description: 'Smell',
              location: '31.0,121.0',
            }),
          ),
        ),
      );
      const numbers = filed.map((each) => each?.case?.number);
      expect([new Set(numbers).size, numbers.includes(undefined)]).toEqual([50, false]);

      // The same message at the same moment through ten processes: one takes it.
      const heard = await Promise.all(
        writers.map((writer, at) =>
          writer.get('complaints')?.take({
            area: '310117',
            kind: 'filed',
            values: { category: 'noise', description: `By ${at}` },
            as: 'administrator',
            actor: `writer ${at}`,
            now: '2022-06-01T02:00:00Z',
            message: 'call-17',
          }),
        ),
      );
      const rules = heard.map((each) => (each?.case === null ? each.findings[0]?.rule : 'taken'));
      expect(rules.sort()).toEqual([...Array.from({ length: 9 }, () => 'register.replayed'), 'taken']);

      const issue = (to: string, blocks: string) =>
        take(0, 'carbon', 'issued', {
          issued_to: to,
          issue_year: '2021',
          issued_item: 'allowance',
          issued_blocks: blocks,
        });
      await issue('e1', 'A:1-100');
      await issue('e2', 'B:1-100');
      // Five give ten serials from one to two while five give ten the other way.
      const moved = await Promise.all(
        writers.map((_, at) =>
          take(at, 'carbon', 'transferred', {
            seller: at % 2 === 0 ? 'e1' : 'e2',
            buyer: at % 2 === 0 ? 'e2' : 'e1',
            moved_item: 'allowance',
            moved_blocks: `${at % 2 === 0 ? 'A' : 'B'}:${at * 10 + 1}-${at * 10 + 10}`,
          }),
        ),
      );
      expect(moved.every((each) => each?.case !== null)).toBe(true);
      const [one] = writers;
      await one?.refresh();
      const declaration = shippedRegister('carbon');
      expect(one?.balance(declaration, 'allowance', 'organisations.enterprise.e1')).toBe('100');
      expect(one?.balance(declaration, 'allowance', 'organisations.enterprise.e2')).toBe('100');
      // Everyone wants the same serials: one gets them.
      const same = await Promise.all(
        writers.map((_, at) =>
          take(at, 'carbon', 'transferred', {
            seller: 'e1',
            buyer: 'e2',
            moved_item: 'allowance',
            moved_blocks: 'A:11-20',
          }),
        ),
      );
      expect(same.filter((each) => each?.case != null).length).toBe(1);
      expect(one === undefined ? [] : await first.balances('shanghai')).toContainEqual(
        expect.objectContaining({
          holder: 'organisations.enterprise.e1',
          item: 'carbon.allowance',
          quantity: '90',
        }),
      );
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  });
});
