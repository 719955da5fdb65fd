import type { Localized } from '../model/index.ts';

/** A verdict of a progress method as it is shown: a sign (shape first), its name, and which way it points. */
export interface StatusName {
  readonly sign: '●' | '◐' | '○' | '◌' | '↑' | '↗' | '→' | '↘' | '↓' | '–';
  readonly name: Localized;
  /** 1 towards what is wanted, -1 away from it, 0 neither; null where nothing was judged. */
  readonly way: 1 | 0 | -1 | null;
}

const made = (sign: StatusName['sign'], way: StatusName['way'], en: string, zh: string): StatusName => ({
  sign,
  way,
  name: { en, zh },
});

const names: ReadonlyMap<string, StatusName> = new Map([
  ['reached', made('●', 1, 'reached', '已达到')],
  ['reached_provisional', made('◐', 1, 'reached on provisional data', '按初步数据已达到')],
  ['missed', made('○', -1, 'missed', '到期未达到')],
  ['on_track', made('↑', 1, 'on track', '进度正常')],
  ['acceleration_needed', made('↗', 1, 'acceleration needed', '需加快')],
  ['insufficient_progress', made('→', 0, 'insufficient progress', '进展不足')],
  ['no_progress', made('→', 0, 'no progress', '没有进展')],
  ['moving_away', made('↓', -1, 'moving away', '背离目标')],
  ['improving', made('↗', 1, 'improving', '向好')],
  ['worsening', made('↘', -1, 'worsening', '变差')],
  ['no_clear_change', made('→', 0, 'no clear change', '无明显变化')],
  ['better_than_base', made('↗', 1, 'better than at the start', '优于起始年')],
  ['worse_than_base', made('↘', -1, 'worse than at the start', '差于起始年')],
  ['same_as_base', made('→', 0, 'as at the start', '与起始年持平')],
  ['target_achieved', made('●', 1, 'target achieved', '已达目标')],
  ['substantial_progress', made('↑', 1, 'substantial progress', '显著进展')],
  ['moderate_progress', made('↗', 1, 'moderate progress', '中等进展')],
  ['limited_progress', made('→', 0, 'limited progress', '有限进展')],
  ['deterioration', made('↓', -1, 'deterioration', '恶化')],
  ['significant_progress', made('↑', 1, 'significant progress', '显著进展')],
  ['movement_away', made('↓', -1, 'movement away', '背离目标')],
  ['moderate_movement_away', made('↘', -1, 'moderate movement away', '中度背离')],
  ['significant_movement_away', made('↓', -1, 'significant movement away', '显著背离')],
  ['on_track_or_met', made('↑', 1, 'on track or met', '正常或已达到')],
  ['fair_progress', made('↗', 1, 'fair progress', '有进展，需加快')],
  ['stagnation_or_regression', made('↓', -1, 'stagnation or regression', '停滞或倒退')],
  ['not_applicable', made('–', null, 'not applicable', '不适用')],
  ['not_judged', made('◌', null, 'not judged', '未评价')],
  ['not_available', made('◌', null, 'not judged', '未评价')],
]);

/** The name of a status of `linear-distance`, `statcan`, `eurostat` or `unsd-2023`; null for one that none of them gives. */
export function statusName(status: string): StatusName | null {
  return names.get(status) ?? null;
}
