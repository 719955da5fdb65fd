import { type RegisterDeclaration, registerSchema } from '../../model/index.ts';

const named = (en: string, zh: string) => ({ en, zh });

/** A register of a city's own that uses what few shipped ones do. */
export const gate: RegisterDeclaration = registerSchema.parse({
  id: 'gates',
  version: 1,
  name: named('Park gates', '公园入口'),
  description: named('Which homes reach a park on foot.', '居民步行可达公园情况。'),
  family: 'social',
  networks: [
    {
      id: 'streets',
      name: named('Streets', '路网'),
      metresPerMinute: '80',
      source: 'drawn for this test',
      nodes: { a: '31.0,121.0', b: '31.0,121.01' },
      edges: [{ from: 'a', to: 'b', metres: 960 }],
    },
  ],
  entities: [
    {
      id: 'home',
      name: named('Home', '小区'),
      title: 'code',
      fields: [
        { id: 'code', name: named('Code', '编号'), type: 'text', required: true, public: true },
        { id: 'place', name: named('Place', '位置'), type: 'point', public: true },
        {
          id: 'keeper',
          name: named('Keeper', '物业单位'),
          type: 'entity',
          register: 'organisations',
          of: 'enterprise',
          public: true,
        },
      ],
    },
  ],
  forms: [
    {
      id: 'asking',
      fields: [
        { id: 'home', name: named('Home', '小区'), type: 'entity', of: 'home', required: true, public: true },
        { id: 'park', name: named('Gate', '入口'), type: 'point', required: true, public: true },
        {
          id: 'minutes',
          name: named('Minutes on foot', '步行分钟'),
          type: 'number',
          compute: "walk('streets', home.place, park)",
          public: true,
        },
        {
          id: 'keeper_then',
          name: named('Keeper at the time', '当时物业单位'),
          type: 'text',
          compute: 'home.keeper',
          public: true,
        },
        {
          id: 'resident',
          name: named('Resident', '居民'),
          type: 'text',
          personal: true,
          sees: ['assessor'],
        },
        { id: 'may', name: named('May be shown', '同意公开'), type: 'yes-no', public: true },
        { id: 'story', name: named('Story', '说明'), type: 'text', public: true, consent: 'may' },
      ],
    },
    {
      id: 'judging',
      fields: [
        {
          id: 'saver',
          name: named('Enterprise', '企业'),
          type: 'entity',
          register: 'organisations',
          of: 'enterprise',
          public: true,
        },
        {
          id: 'saved',
          name: named('Energy saved', '节能量'),
          type: 'number',
          public: true,
          prefill: { register: 'clean-production', field: 'energy_saved', match: { enterprise: 'saver' } },
        },
      ],
    },
  ],
  steps: [
    {
      kind: 'asked',
      name: named('Asked', '提出'),
      after: [],
      by: ['reporter', 'assessor'],
      form: 'asking',
      state: 'open',
    },
    {
      kind: 'judged',
      name: named('Judged', '审定'),
      after: ['asked'],
      by: ['reporter', 'assessor'],
      form: 'judging',
      state: 'closed',
    },
  ],
  matches: [
    {
      id: 'audits',
      name: named('With audits', '与清洁生产审核'),
      register: 'clean-production',
      on: { saver: 'enterprise' },
    },
  ],
  public: { cases: true },
});
