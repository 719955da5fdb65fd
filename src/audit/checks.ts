import { checkAdded } from './check/added.ts';
import { checkAimed } from './check/aimed.ts';
import { checkAllotted } from './check/allotted.ts';
import { checkApiece } from './check/apiece.ts';
import { checkArithmetic } from './check/arith.ts';
import { checkBalances } from './check/balance.ts';
import { checkBare } from './check/bare.ts';
import { checkBases } from './check/base.ts';
import { checkBeginnings } from './check/began.ts';
import { checkBehind } from './check/behind.ts';
import { checkBelow } from './check/below.ts';
import { checkBounds } from './check/bound.ts';
import { checkBuilt } from './check/built.ts';
import { checkCalendar } from './check/calendar.ts';
import { checkChanges } from './check/change.ts';
import { checkCognates } from './check/cognate.ts';
import { checkColumns } from './check/columns.ts';
import { checkComparisons } from './check/compared.ts';
import { checkCounts } from './check/count.ts';
import { checkDates } from './check/date.ts';
import { checkDenominators } from './check/denominator.ts';
import { checkEachHead } from './check/each-head.ts';
import { checkEachOf } from './check/each-of.ts';
import { checkEmpty } from './check/empty.ts';
import { checkEnacted } from './check/enacted.ts';
import { checkEnclosed } from './check/enclosed.ts';
import { checkEnumerated } from './check/enumerated.ts';
import { checkEvents } from './check/event.ts';
import { checkExpressions } from './check/expression.ts';
import { checkFactors } from './check/factor.ts';
import { checkFolds } from './check/fold.ts';
import { checkFollowing } from './check/follow.ts';
import { checkFractions } from './check/fraction.ts';
import { checkFractionsOf } from './check/fraction-of.ts';
import { checkFrequencies } from './check/frequency.ts';
import { checkGaps } from './check/gap.ts';
import { checkGarbled } from './check/garbled.ts';
import { checkGoals } from './check/goal.ts';
import { checkGrowthColumns } from './check/growth-column.ts';
import { checkHanCounts } from './check/han-count.ts';
import { checkHanNames } from './check/han-name.ts';
import { checkHanShares } from './check/han-share.ts';
import { checkHeads } from './check/head.ts';
import { checkHeadings } from './check/heading.ts';
import { checkHosts } from './check/hosts.ts';
import { checkHundreds } from './check/hundred.ts';
import { checkCourse, checkFollowed, checkFractionWords } from './check/in-words.ts';
import { checkInside } from './check/inside.ts';
import { checkKinds } from './check/kind.ts';
import { checkLacking } from './check/lacking.ts';
import { checkLeaders } from './check/leader.ts';
import { checkLeaps } from './check/leap.ts';
import { checkLists } from './check/list.ts';
import { checkLowest } from './check/lowest.ts';
import { checkMadeOf } from './check/made-of.ts';
import { checkMagnitudes } from './check/magnitude.ts';
import { checkMeans } from './check/mean.ts';
import { checkMeansOf } from './check/mean-of.ts';
import { checkMonotone } from './check/monotone.ts';
import { checkMultiples } from './check/multiple.ts';
import { checkNames } from './check/name.ts';
import { checkNeighbours } from './check/neighbour.ts';
import { checkNumbered } from './check/numbered.ts';
import { checkNumbering } from './check/numbering.ts';
import { checkOrdinals } from './check/ordinal.ts';
import { checkOverlaps } from './check/overlap.ts';
import { checkPace } from './check/pace.ts';
import { checkPaired } from './check/paired.ts';
import { checkPeaks } from './check/peak.ts';
import { checkPeople } from './check/people.ts';
import { checkPeriods } from './check/period.ts';
import { checkPoints } from './check/points.ts';
import { checkPortions } from './check/portion.ts';
import { checkProducts } from './check/product.ts';
import { checkQuotas } from './check/quota.ts';
import { checkRanked } from './check/ranked.ts';
import { checkRates } from './check/rate.ts';
import { checkRatios } from './check/ratio-of.ts';
import { checkRecords } from './check/record.ts';
import { checkRenamed } from './check/renamed.ts';
import { checkRepeated } from './check/repeated.ts';
import type { Report } from './check/report.ts';
import { checkRequirements } from './check/requirement.ts';
import { checkReserves } from './check/reserve.ts';
import { checkRespective } from './check/respective.ts';
import { checkRests } from './check/rest.ts';
import { checkRosters } from './check/roster.ts';
import { checkSeries } from './check/series.ts';
import { checkShares } from './check/share.ts';
import { checkShareRows } from './check/shares.ts';
import { checkSides } from './check/sides.ts';
import { checkSpreads } from './check/spread.ts';
import { checkStacked } from './check/stacked.ts';
import { checkStarred } from './check/starred.ts';
import { checkStreams } from './check/stream.ts';
import { checkSubsets } from './check/subset.ts';
import { checkSums } from './check/sum.ts';
import { checkTailSums } from './check/tail-sum.ts';
import { checkTakenUp } from './check/taken-up.ts';
import { checkTallies } from './check/tally.ts';
import { checkTargetsBeside } from './check/target-beside.ts';
import { checkTargetBy } from './check/target-by.ts';
import { checkTense } from './check/tense.ts';
import { checkTheOthers } from './check/the-others.ts';
import { checkTitles } from './check/titles.ts';
import { checkTransposed } from './check/transposed.ts';
import { checkTwice } from './check/twice.ts';
import { checkTwins } from './check/twin.ts';
import { checkUnits } from './check/unit.ts';
import { checkWordShares } from './check/word-share.ts';
import { checkYearly } from './check/yearly.ts';
import type { Reading } from './read/reading.ts';

/** Every check on one text, in the order in which they run. */
export const checks: Readonly<Record<string, (reading: Reading) => Report>> = {
  change: checkChanges,
  list: checkLists,
  rate: checkRates,
  sum: checkSums,
  subset: checkSubsets,
  expression: checkExpressions,
  unit: checkUnits,
  count: checkCounts,
  enumerated: checkEnumerated,
  numbering: checkNumbering,
  garbled: checkGarbled,
  period: checkPeriods,
  series: checkSeries,
  record: checkRecords,
  event: checkEvents,
  heading: checkHeadings,
  name: checkNames,
  factor: checkFactors,
  twin: checkTwins,
  share: checkShares,
  stacked: checkStacked,
  starred: checkStarred,
  overlap: checkOverlaps,
  pace: checkPace,
  date: checkDates,
  kind: checkKinds,
  base: checkBases,
  twice: checkTwice,
  numbered: checkNumbered,
  tense: checkTense,
  bare: checkBare,
  people: checkPeople,
  repeated: checkRepeated,
  yearly: checkYearly,
  stream: checkStreams,
  rest: checkRests,
  reserve: checkReserves,
  points: checkPoints,
  denominator: checkDenominators,
  calendar: checkCalendar,
  magnitude: checkMagnitudes,
  ranked: checkRanked,
  began: checkBeginnings,
  enacted: checkEnacted,
  quota: checkQuotas,
  hosts: checkHosts,
  hanCount: checkHanCounts,
  neighbour: checkNeighbours,
  meanOf: checkMeansOf,
  product: checkProducts,
  balance: checkBalances,
  lowest: checkLowest,
  hundred: checkHundreds,
  eachOf: checkEachOf,
  targetBeside: checkTargetsBeside,
  fractionOf: checkFractionsOf,
  inside: checkInside,
  madeOf: checkMadeOf,
  allotted: checkAllotted,
  eachHead: checkEachHead,
  enclosed: checkEnclosed,
  spread: checkSpreads,
  titles: checkTitles,
  fold: checkFolds,
  portion: checkPortions,
  bound: checkBounds,
  follow: checkFollowing,
  respective: checkRespective,
  head: checkHeads,
  compared: checkComparisons,
  arithmetic: checkArithmetic,
  fraction: checkFractions,
  fractionWords: checkFractionWords,
  followed: checkFollowed,
  course: checkCourse,
  mean: checkMeans,
  monotone: checkMonotone,
  tally: checkTallies,
  transposed: checkTransposed,
  behind: checkBehind,
  columns: checkColumns,
  shareRows: checkShareRows,
  multiple: checkMultiples,
  requirement: checkRequirements,
  built: checkBuilt,
  leap: checkLeaps,
  empty: checkEmpty,
  growthColumn: checkGrowthColumns,
  goal: checkGoals,
  roster: checkRosters,
  leader: checkLeaders,
  gap: checkGaps,
  lacking: checkLacking,
  renamed: checkRenamed,
  cognate: checkCognates,
  hanName: checkHanNames,
  ordinal: checkOrdinals,
  paired: checkPaired,
  targetBy: checkTargetBy,
  frequency: checkFrequencies,
  theOthers: checkTheOthers,
  below: checkBelow,
  sides: checkSides,
  ratioOf: checkRatios,
  tailSum: checkTailSums,
  wordShare: checkWordShares,
  peak: checkPeaks,
  hanShare: checkHanShares,
  apiece: checkApiece,
  aimed: checkAimed,
  added: checkAdded,
  takenUp: checkTakenUp,
};
