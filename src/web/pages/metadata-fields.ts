import type { Localized } from '../../model/index.ts';

/**
 * Names of the fields that metadata of indicators usually have: those of Open SDG and the concepts of the SDG metadata structure
 * (SDMX MSD). Sources are numbered: `source_organisation_2` is called by its name without the number.
 */
const names: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  indicator_name: ['Indicator', '指标名称'],
  indicator_number: ['Indicator number', '指标编号'],
  indicator: ['Indicator number', '指标编号'],
  title: ['Title', '标题'],
  target: ['Target', '具体目标'],
  target_name: ['Target', '具体目标'],
  target_id: ['Target number', '具体目标编号'],
  target_number: ['Target number', '具体目标编号'],
  sdg_goal: ['Goal', '目标'],
  goal_number: ['Goal', '目标'],
  indicator_definition: ['Definition', '定义'],
  indicator_description: ['Description', '说明'],
  indicator_available: ['Indicator available', '现有指标'],
  national_indicator_available: ['Indicator available', '现有指标'],
  national_indicator_description: ['Description', '说明'],
  national_geographical_coverage: ['Area covered', '覆盖地区'],
  national_target_line: ['Target line', '目标值'],
  computation_units: ['Unit of measurement', '计量单位'],
  computation_definitions: ['Definitions', '定义'],
  computation_calculations: ['Calculation', '计算方法'],
  comments_limitations: ['Comments and limitations', '说明与局限'],
  data_disaggregation_information: ['Breakdowns', '分组'],
  other_info: ['Further information', '其他信息'],
  data_footnote: ['Footnote', '脚注'],
  data_notice_text: ['Notice', '提示'],
  page_content: ['About this indicator', '关于本指标'],
  reporting_status: ['Reporting status', '报告状态'],
  progress_status: ['Progress', '进展'],
  progress_calculation_options: ['How progress is measured', '进展的测算'],
  tags: ['Tags', '标签'],
  copyright: ['Copyright', '版权'],
  publications: ['Publications', '出版物'],
  related_indicators: ['Related indicators', '相关指标'],
  un_designated_tier: ['UN tier', '联合国指标分级'],
  un_custodian_agency: ['UN custodian agency', '联合国主管机构'],
  goal_meta_link: ['UN metadata', '联合国元数据'],
  goal_meta_link_text: ['UN metadata, name', '联合国元数据名称'],
  national_data_updated_date: ['Data updated', '数据更新日期'],
  national_metadata_updated_date: ['Metadata updated', '元数据更新日期'],
  source_organisation: ['Source', '来源'],
  source_periodicity: ['Source: how often', '来源：频率'],
  source_earliest_available: ['Source: earliest data', '来源：最早数据'],
  source_geographical_coverage: ['Source: area covered', '来源：覆盖地区'],
  source_url: ['Source: address', '来源：网址'],
  source_url_text: ['Source: title', '来源：标题'],
  source_release_date: ['Source: released', '来源：发布日期'],
  source_next_release: ['Source: next release', '来源：下次发布'],
  source_statistical_classification: ['Source: classification', '来源：统计分类'],
  source_contact: ['Source: contact', '来源：联系方式'],
  source_other_info: ['Source: further information', '来源：其他信息'],
  SDG_GOAL: ['Goal', '目标'],
  SDG_TARGET: ['Target', '具体目标'],
  SDG_INDICATOR: ['Indicator', '指标'],
  SDG_SERIES_DESCR: ['Series', '数据序列'],
  META_LAST_UPDATE: ['Metadata updated', '元数据更新日期'],
  SDG_RELATED_INDICATORS: ['Related indicators', '相关指标'],
  SDG_CUSTODIAN_AGENCIES: ['Organisations responsible for global monitoring', '全球监测主管机构'],
  CONTACT: ['Contact', '联系方式'],
  CONTACT_ORGANISATION: ['Contact organisation', '联系单位'],
  STAT_CONC_DEF: ['Definition and concepts', '定义与概念'],
  UNIT_MEASURE: ['Unit of measure', '计量单位'],
  CLASS_SYSTEM: ['Classifications', '分类标准'],
  SOURCE_TYPE: ['Data sources', '数据来源'],
  COLL_METHOD: ['How data are collected', '数据采集方法'],
  FREQ_COLL: ['When data are collected', '数据采集日程'],
  REL_CAL_POLICY: ['When data are released', '数据发布日程'],
  DATA_SOURCE: ['Data providers', '数据提供者'],
  COMPILING_ORG: ['Data compilers', '数据编制者'],
  INST_MANDATE: ['Institutional mandate', '机构职责'],
  RATIONALE: ['Rationale', '理由'],
  REC_USE_LIM: ['Comments and limitations', '说明与局限'],
  DATA_COMP: ['Method of computation', '计算方法'],
  DATA_VALIDATION: ['Validation', '验证'],
  ADJUSTMENT: ['Adjustments', '调整'],
  IMPUTATION: ['Treatment of missing values', '缺失值处理'],
  REG_AGG: ['Regional aggregates', '区域汇总'],
  DOC_METHOD: ['Methods and guidance', '方法与指南'],
  QUALITY_MGMNT: ['Quality management', '质量管理'],
  QUALITY_ASSURE: ['Quality assurance', '质量保证'],
  QUALITY_ASSMNT: ['Quality assessment', '质量评估'],
  COVERAGE: ['Data availability and breakdowns', '数据可得性与分组'],
  COMPARABILITY: ['Comparability with international standards', '与国际标准的可比性'],
  OTHER_DOC: ['References and documentation', '参考文献'],
};

/** Fields that tell a site how to show a page, not a reader what an indicator means. */
const settings =
  /^(?:layout|permalink|published|standalone|placeholder|sort|indicator_sort_order|graph(?:_\w+)?|chart_\w+|data_show_map|data_geocode_regex|data_non_statistical|data_start_values|data_keywords|data_notice_(?:class|heading)|embedded_feature_\w+|source_active_\d+|auto_progress_calculation|expected_disaggregations|composite_breakdown_label|precision|rounding|language|national_(?:meta)?data_update_url(?:_text)?)$/;

export const isSetting = (field: string): boolean => settings.test(field);

/** What a field is called in each language, when it is a usual one. */
export function fieldName(field: string): Localized | null {
  const found = /^(.*?)(?:_(\d{1,2}))?$/.exec(field.replace(/__GLOBAL$/, ''));
  const [, base = field, number] = found ?? [];
  const own = names[field.replace(/__GLOBAL$/, '')] ?? names[base];
  if (own === undefined) return null;
  const suffix = number === undefined || names[field] !== undefined ? '' : ` ${number}`;
  const global = /__GLOBAL$/.test(field);
  return {
    en: `${own[0]}${suffix}${global ? ' (global)' : ''}`,
    zh: `${own[1]}${suffix}${global ? '（全球）' : ''}`,
  };
}

/** `barcelona_target` → `Barcelona target`: words of a field that nothing names. */
export function spokenField(field: string): string {
  const words = field.replace(/[_-]+/g, ' ').trim();
  return words === '' ? field : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
