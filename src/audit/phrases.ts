import type { Localized } from '../model/index.ts';

/** Reasons and kinds of thing that findings name. A value `@key` of a finding is one of these. */
export const phrases: Readonly<Record<string, Localized>> = {
  'reason.unknown': { en: 'one of the three numbers is wrong', zh: '三个数中有一个有误' },
  'reason.annual': { en: 'the yearly rate is told as the whole change', zh: '年均增速写成了总变化' },
  'reason.total': { en: 'the whole change is told as the yearly rate', zh: '总变化写成了年均增速' },
  'reason.simple': {
    en: 'the whole change was divided by the years, without compounding',
    zh: '用总变化除以年数，未按复合计算',
  },
  'reason.periods': {
    en: 'the years were counted instead of the steps between them',
    zh: '按年数而非间隔数计算',
  },
  'reason.mean': {
    en: 'a mean of yearly rates of other years, or an old value',
    zh: '可能是其他年份的平均增速或旧数值',
  },
  'reason.ratio': { en: 'the ratio to the start is told as the change', zh: '与起点之比写成了变化' },
  'reason.inverse': { en: 'the change was divided by the end value', zh: '变化除以了末值' },
  'reason.magnitude': { en: 'a power of ten was lost', zh: '数量级有误（差十的若干次方）' },
  'reason.date': { en: 'different dates', zh: '时点不同' },
  'reason.undated': { en: 'one of the values has no date', zh: '其一未注明时点' },
  'reason.rounding': {
    en: 'the coarser value is no rounding of the finer',
    zh: '较粗的数值不是较细数值的舍入',
  },
  'reason.scope': { en: 'another scope or definition', zh: '范围或口径不同' },
  'reason.hedge': { en: 'only the words around the number differ', zh: '仅限定词不同' },
  'reason.same': { en: 'same date and same words: one of them is wrong', zh: '时点与表述相同：其中之一有误' },
  'reason.place': { en: 'a place of this kind is larger', zh: '此类区域的面积应更大' },
  'reason.small': { en: 'a work of this kind is smaller than that', zh: '此类工程的面积不会如此之大' },
  'reason.whole': { en: 'a share cannot be above 100 %', zh: '比例不能超过 100 %' },
  'reason.mille': {
    en: 'such rates are given per thousand; in percent it would be ten times as high as anywhere',
    zh: '此类比率以千分之一计；若为百分比则高出任何地区十倍',
  },
  'reason.index': {
    en: 'an index is a number; the percentage is the share of days with good air',
    zh: '指数是数值；百分比应为空气质量优良天数比例',
  },
  'thing.place': { en: 'the area of {}', zh: '{} 的面积' },
  'reason.thousand': { en: ': the factor 1,000 or 10 was lost', zh: '：数量级有误' },
  'reason.noPeriod': { en: 'this is no year, half, quarter, month or day', zh: '不是年、半年、季、月或日' },
  'reason.future': {
    en: 'this lies after the day of publication and is not marked as a forecast',
    zh: '晚于发布日期且未标注为预测',
  },
  'reason.negative': { en: 'it cannot be below zero', zh: '不能小于零' },
  'reason.percent': {
    en: 'more than a hundred times the whole: the unit or the decimal point is wrong',
    zh: '超过整体一百倍：单位或小数点有误',
  },
  'reason.unseen': { en: 'nothing like it before or after', zh: '前后均无类似数值' },
  'reason.head': {
    en: 'no city has such an output a head: one of the two numbers lost a power of ten',
    zh: '没有城市的人均产出如此：其中一数的数量级有误',
  },
  'what.steps': { en: 'exactly equal steps', zh: '步长完全相等' },
  'what.ratios': { en: 'exactly equal ratios', zh: '比率完全相等' },
  'hedge.exact': { en: 'exact', zh: '确数' },
  'hedge.over': { en: 'more than', zh: '以上' },
  'hedge.about': { en: 'about', zh: '约' },
  'hedge.nearly': { en: 'nearly', zh: '近' },
  'hedge.upto': { en: 'up to', zh: '至多' },
  'reason.people': {
    en: 'no place has so many for its population; the people who signed up with them are probably meant',
    zh: '与常住人口不相称；疑为签约服务人数',
  },
  'reason.growth': {
    en: 'such a total does not double in a year: a decimal point was lost',
    zh: '此类总量一年内不会翻番：疑小数点有误',
  },
  'reason.noBase': { en: 'a rate without its base', zh: '比率缺少基数' },
  'reason.noMoney': { en: 'an amount without its currency', zh: '金额缺少币种' },
  'reason.noNoun': { en: 'the text does not say of what', zh: '未写明所计对象' },
  'reason.place.area': { en: 'another boundary', zh: '范围边界不同' },
  'reason.current': {
    en: 'the value called current is the first of the series: it was not brought up to date',
    zh: '所称“目前”数值为序列首年数值：可能未更新',
  },
  'reason.twice': { en: 'one sentence gives two values for one thing', zh: '同一句中同一事项有两个数值' },
  'reason.record': { en: 'the text or the record is out of date or wrong', zh: '文字或记录有误或未更新' },
  'reason.revised': { en: 'the record is provisional or has been revised', zh: '记录为初步值或已修订' },
  none: { en: '', zh: '' },
  undated: { en: 'undated', zh: '未注明时点' },
};
