import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { projectSchema } from '../../model/index.ts';
import { cleanPhoto } from '../registers/photo.ts';
import { fieldsOf, givenProject } from './form.ts';

const project = projectSchema.parse({
  id: 'river',
  name: { en: 'River', zh: '河道' },
  note: { en: 'A note', zh: '' },
  area: 'T1',
  point: { longitude: 123.4, latitude: 41.8 },
  commitment: { plan: 'p', id: 'c' },
  candidate: { selection: 's', id: 'k' },
  stages: [{ stage: 'started', date: '2010-02' }],
  milestones: [
    {
      id: 'design',
      name: { en: 'Design', zh: '设计' },
      due: '2010-03',
      weight: '1',
      cost: { amount: '2.50', unit: '10*6.CNY' },
      citation: { source: 'yearbook', locator: 'p. 1' },
    },
  ],
  partners: [{ name: { en: 'Works', zh: '' }, role: { en: '', zh: '施工' } }],
  money: [
    { source: { en: 'City', zh: '市级' }, unit: 'CNY', planned: '3', paid: [] },
    {
      source: { en: 'Bank', zh: '银行' },
      unit: 'CNY',
      paid: [
        { date: '2010-03', amount: '1.20' },
        { date: '2010', amount: '2' },
      ],
    },
    { source: { en: 'Fund', zh: '基金' }, unit: 'USD' },
  ],
  results: [{ indicator: 'reuse', area: 'T1' }],
  citation: { source: 'yearbook', locator: 'p. 2' },
});

describe('the form of a project', () => {
  it('shows all that a project says and reads it back without loss: not told stays not told, zero stays zero', () => {
    expect(projectSchema.parse(givenProject('river', fieldsOf(project)))).toEqual(project);
  });
  it('leaves what is no number as it was typed, for the check to tell', () => {
    const { head, parts } = fieldsOf(project);
    const given = givenProject('river', { head: { ...head, longitude: '1e999' }, parts });
    expect(given.point).toEqual({ longitude: '1e999', latitude: 41.8 });
    expect(projectSchema.safeParse(given).success).toBe(false);
  });
});

it('a photograph is made anew without what a camera writes into it', async () => {
  const taken = await sharp({ create: { width: 2000, height: 1000, channels: 3, background: '#345' } })
    .jpeg()
    .withExif({ IFD0: { Make: 'Camera of somebody' }, IFD3: { GPSLatitude: '41/1 48/1 0/1' } })
    .toBuffer();
  expect(taken.includes('Camera of somebody')).toBe(true);
  const clean = await cleanPhoto(taken);
  if (clean === null) throw new Error('it is a photograph');
  const { width, height, exif } = await sharp(clean).metadata();
  expect([width, height, exif]).toEqual([1600, 800, undefined]);
  expect(Buffer.from(clean).includes('Camera of somebody')).toBe(false);
  expect(await cleanPhoto(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeNull();
});
