import type { Records, Store, StoredEvent } from '../../store/index.ts';
import { dayOf } from './beat.ts';
import { type EntityType, entityTypes, isObject, type JsonObject, rules } from './model.ts';
import { readSpan } from './times.ts';

/** Under this register releases before day blocks kept each entity as a case, and each change of it as an event. */
const register = 'sensorthings';
/** Its case that says that all of them were carried over; two processes cannot both write it. */
const marker = 'sta.carried-over';

interface Old {
  readonly type: EntityType;
  readonly id: number;
  readonly removed: boolean;
  readonly area: string;
  readonly values: JsonObject;
  readonly links: Readonly<Record<string, number[]>>;
}

/**
 * Brings what an older release kept as cases to where entities and readings are now, in one submission, once. Entities
 * keep their ids unless others were made since; observations get ids that say their stream. Nothing of the log changes.
 * Gives how many were carried over.
 */
export async function carryOver(store: Store, city: string, received: string): Promise<number> {
  const events = await store.events(city, { register });
  if (events.length === 0 || events.some(({ stream }) => stream === marker)) return 0;
  const newest = new Map<string, StoredEvent>();
  for (const event of events)
    if ((newest.get(event.stream)?.seq ?? 0) < event.seq) newest.set(event.stream, event);
  const all = [...newest.values()].flatMap(oldOf);
  const offsets = new Map<EntityType, number>();
  for (const type of entityTypes) offsets.set(type, await store.sensorLast(city, [type]));
  const moved = (type: EntityType, id: number): number => id + (offsets.get(type) ?? 0);
  const area = events[0]?.area ?? '';
  const receipt = await store.submit({
    city,
    kind: 'record',
    agent: 'carried over from an older release',
    received,
    files: [],
    records: {
      sensorEntities: all.flatMap(({ type, id, values, links, ...rest }) =>
        type === 'Observation'
          ? []
          : [{ ...rest, type, id: moved(type, id), version: 1, values, links: linksOf(type, links, moved) }],
      ),
      sensedDays: daysOf(all, moved),
      registers: [{ register, version: 2, steps: [{ from: '', to: 'created' }] }],
      events: [
        {
          area,
          stream: marker,
          seq: 1,
          register,
          version: 2,
          kind: 'created',
          from: '',
          occurred: received,
          actor: null,
          body: {},
        },
      ],
    },
  });
  if (receipt.outcome === 'stored') return all.length;
  const [finding] = receipt.outcome === 'refused' ? receipt.findings : [];
  // Another process was first.
  if (finding === undefined || finding.rule === 'case.taken' || finding.rule === 'record.exists') return 0;
  throw new Error(`sensors of an older release cannot be carried over: ${finding.what}`);
}

/** Readings of one stream, feature and day that follow each other are one block. */
function daysOf(
  all: readonly Old[],
  moved: (type: EntityType, id: number) => number,
): NonNullable<Records['sensedDays']> {
  const blocks: NonNullable<Records['sensedDays']> = [];
  const last = new Map<number, (typeof blocks)[number]>();
  const count = new Map<number, number>();
  const readings = all.filter(({ type, removed }) => type === 'Observation' && !removed);
  for (const { area, values, links } of readings.sort((a, b) => a.id - b.id)) {
    const [stream, feature] = [links.Datastream?.[0], links.FeatureOfInterest?.[0]];
    const span = readSpan(String(values.phenomenonTime));
    if (stream === undefined || feature === undefined || span === null) continue;
    const { day, at } = dayOf(span.start);
    const of = {
      area,
      stream: moved('Datastream', stream),
      day,
      feature: moved('FeatureOfInterest', feature),
    };
    const before = last.get(of.stream);
    const follows = before !== undefined && before.day === day && before.feature === of.feature;
    const number = (count.get(of.stream) ?? 0) + 1;
    count.set(of.stream, number);
    const block = follows ? before : { ...of, first: number, at: [], results: [], details: null };
    if (!follows) blocks.push(block);
    last.set(of.stream, block);
    const { result = null, phenomenonTime = null, ...rest } = values;
    const details = { ...rest, ...(span.end === span.start ? {} : { phenomenonTime }) };
    if (Object.keys(details).length > 0) block.details = { ...block.details, [block.at.length]: details };
    block.at.push(at);
    block.results.push(result);
  }
  return blocks;
}

function linksOf(
  type: EntityType,
  links: Old['links'],
  moved: (type: EntityType, id: number) => number,
): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(links).flatMap(([name, ids]) => {
      const rule = rules[type].links[name];
      return rule?.kept === true ? [[name, ids.map((id) => moved(rule.to, id))]] : [];
    }),
  );
}

function oldOf({ stream, kind, area, body }: StoredEvent): readonly Old[] {
  const [, set, id] = stream.split('.');
  const type = entityTypes.find((each) => rules[each].set === set);
  if (type === undefined || !/^\d{1,15}$/.test(id ?? '')) return [];
  const { values, links } = body;
  return [
    {
      type,
      id: Number(id),
      removed: kind === 'removed',
      area,
      values: isObject(values) ? values : {},
      links: Object.fromEntries(
        Object.entries(isObject(links) ? links : {}).map(([name, ids]) => [
          name,
          Array.isArray(ids) ? ids.filter((each) => typeof each === 'number') : [],
        ]),
      ),
    },
  ];
}
