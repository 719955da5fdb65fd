import { expect, test } from 'vitest';
import { auditOnce } from '../review/index.ts';
import { auditPlaces } from './gate.ts';
import { samplePlace } from './sample.ts';

test('the gate and the pages read one audit of a state, and a new one of every other state', () => {
  const place = samplePlace();
  const district = {
    ...place,
    workspace: {
      ...place.workspace,
      city: { ...place.workspace.city, id: 'part', partOf: place.workspace.city.id },
    },
  };
  const [gated] = auditPlaces([place]);
  expect(gated?.audit).toBe(auditOnce(place, []));
  // A district that came or went, and records that were put in anew, are another state.
  const together = auditOnce(place, [district]);
  expect(together).not.toBe(gated?.audit);
  expect(auditOnce(place, [{ ...district }])).not.toBe(together);
  expect(auditOnce({ ...place }, [])).not.toBe(gated?.audit);
});
