import { describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { epcisEvents } from './epcis.ts';
import { readEpcis } from './epcis-capture.ts';
import { play, testRegisters } from './fixture.ts';
import { shippedRegister } from './shipped.ts';

const [engine] = testEngines;

describe('EPCIS events of a register', () => {
  it('tell hand-overs and makings with quantities, parties and names that stay', async () => {
    if (engine === undefined) throw new Error('no engine');
    const { all, close } = await testRegisters(engine);
    try {
      await play(all, 'tea', [['garden.added', { code: 'g1', name: 'North' }]]);
      await play(all, 'tea', [['picked', { lot_code: 'L1', garden: 'g1', picked: '100' }]]);
      await play(all, 'tea', [['split', { lot_code: 'L2', source: 'L1', amount: '40' }]]);
      await play(all, 'tea', [['made', { lot_code: 'T1', source: 'L2', amount: '40', made: '9' }]]);
      const events = epcisEvents(all, 'tea');
      expect(events.map(({ type, action, bizStep }) => [type, action, bizStep]).sort()).toEqual([
        ['ObjectEvent', 'ADD', 'commissioning'],
        ['ObjectEvent', 'OBSERVE', 'receiving'],
        ['TransformationEvent', undefined, 'commissioning'],
      ]);
      const making = events.find(({ type }) => type === 'TransformationEvent');
      expect([making?.inputQuantityList?.[0]?.quantity, making?.outputQuantityList?.[0]]).toEqual([
        40,
        { epcClass: 'https://modelcity.invalid/epcis/class/tea.tea', quantity: 9, uom: 'KGM' },
      ]);
      expect(
        events.every(({ eventID }) => /^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/.test(eventID)),
      ).toBe(true);
      expect(new Set(events.map(({ eventID }) => eventID)).size).toBe(3);
    } finally {
      await close();
    }
  });

  it('are read as steps; another unit, step or shape is refused', () => {
    const waste = shippedRegister('domestic-waste');
    const document = (more: object) => ({
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      epcisBody: {
        eventList: [
          {
            type: 'ObjectEvent',
            action: 'OBSERVE',
            eventTime: '2022-06-01T08:00:00+08:00',
            eventTimeZoneOffset: '+08:00',
            bizStep: 'receiving',
            quantityList: [
              { epcClass: 'urn:epc:class:lgtin:4012345.012345.998877', quantity: 8.5, uom: 'TNE' },
            ],
            'modelcity:step': 'put-out',
            'modelcity:values': { ticket: 'T1', class: 'wet', at_point: 'pt1' },
            ...more,
          },
        ],
      },
    });
    expect(readEpcis(waste, document({}))).toEqual([
      {
        kind: 'put-out',
        case: null,
        eventID: null,
        values: {
          ticket: 'T1',
          class: 'wet',
          at_point: 'pt1',
          weight: '8.5',
          weighed_on: '2022-06-01T08:00:00+08:00',
        },
      },
    ]);
    const kilograms = { quantityList: [{ epcClass: 'urn:x', quantity: 8500, uom: 'KGM' }] };
    expect(readEpcis(waste, document(kilograms))).toEqual({
      fault: 'event 1: the unit is KGM, the register keeps TNE',
    });
    expect(readEpcis(waste, document({ 'modelcity:step': 'thrown' }))).toEqual({
      fault: "event 1: there is no step 'thrown'",
    });
    expect(readEpcis(waste, { type: 'other' })).toEqual({
      fault: 'it is no EPCISDocument with an eventList',
    });
  });
});
