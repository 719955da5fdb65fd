/** What a rule of the import tells, in Chinese: what was odd, why it matters, how to mend it. */
interface RuleWords {
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

const said = (what: string, why: string, mend: string): RuleWords => ({ what, why, mend });

const rules: Readonly<Record<string, RuleWords>> = {
  'area.names': said('一个区域代码有几个名称', '只采用一个名称', '统一名称，或在city.yaml中选定'),
  'boundary.elsewhere': said(
    '配置所列的地图图层不在仓库中',
    '导入时不从别处获取文件',
    '下载后用modelcity import boundaries导入',
  ),
  'boundary.feature': said(
    '地图图层的某个要素无法使用',
    '轮廓按代码归于区域',
    '为要素写上代码和经纬度多边形后重新导入',
  ),
  'boundary.guessed': said(
    '配置没有列出此地图图层，代码属性为推断',
    '代码属性应写在map_layers中',
    '在map_layers中写明',
  ),
  'boundary.unreadable': said(
    '地图图层无法读取',
    '图层应为经纬度的GeoJSON或TopoJSON',
    '为要素写上代码，或转换坐标',
  ),
  'configuration.unused': said(
    '有些设置在这里不起作用',
    '它们决定Open SDG网站的构建，或不为本程序所知',
    '无需处理',
  ),
  'file.outside': said('有表格未被读取', '它不在配置所指的数据中', '改名或扩大path_pattern后重新导入'),
  'header.case': said('列名的大小写与常用写法不同', '列名逐字比较', '改为常用写法'),
  'header.spaces': said('列名前后有空格或标记', '列名逐字比较', '去掉空格或标记'),
  'header.twice': said('同名的列出现不止一次', '同名的列无法区分', '改名'),
  'input.elsewhere': said(
    '配置中的某项输入未读取',
    '数据只从本仓库的CSV读取，元数据只从YAML、Markdown和CSV读取，不从别处获取',
    '取得文件后用modelcity import sdmx或import table导入；元数据改写为YAML或CSV',
  ),
  'input.map': said('列名或代码对照表无法使用', '表中缺少应有的列', '补全对照表'),
  'language.other': said(
    '仓库的主要语言不是中文或英文',
    '工作区的名称为中英文，其他语言的文字原样放在英文处',
    '在city.yaml和indicators/*.yaml中翻译，或用--translations给出译文',
  ),
  'licence.none': said('没有找到许可', '每个来源都应注明许可', '用--licence指定'),
  'metadata.language': said(
    '其他语言的元数据',
    '工作区有中英文文字，其余仅保留原件',
    '在indicators/*.yaml中翻译',
  ),
  'metadata.twice': said('两个文件对同一字段写法不同', '以后一文件为准，与Open SDG的构建一致', '只留一个'),
  'metadata.unread': said(
    '配置没有列出的元数据未读取',
    '以哪个文件为准由配置决定',
    '在config_data.yml的inputs中写明后重新导入',
  ),
  'name.chinese': said(
    '有些名称没有中文',
    '中文页面以英文名称代替',
    '在city.yaml和indicators/*.yaml中补上zh，或给出含zh-Hans的译文',
  ),
  'row.contradicts': said(
    '同一单元有两行数值不同',
    '表中无法区分二者：第一行为观测，另一行保留为另一说法',
    '补上能区分的列，或删去其一',
  ),
  'row.short': said('行的单元格少于表头', '行末缺少的单元格视为空', '补上逗号'),
  'row.stray': said('没有列名的单元格中有文字', '它不属于任何一列，保留在备注中', '写上列名，或删去文字'),
  'row.twice': said('两行内容相同', '合为一条记录', '删去其一'),
  'status.unknown': said('状态不是SDMX的状态', '保留在备注中，数值视为正常值', '使用CL_OBS_STATUS的代码'),
  'table.delimiter': said('单元格不以逗号分隔', 'Open SDG的表以逗号分隔', '另存为逗号分隔的CSV'),
  'table.quote': said('引号没有闭合', '该行的引号按普通文字读取', '闭合引号，或写两次'),
  'text.encoding': said('文件不是UTF-8', '带重音的字母可能有误', '另存为UTF-8的CSV'),
  'translation.unknown': said(
    '有些文字是键，而仓库中没有解释',
    'Open SDG在构建时从另一仓库获取；这里不获取，以框架的编号和简称代替',
    '用--translations给出sdg-translations仓库的副本',
  ),
  'unit.multiplier': said('单位乘数不为本程序所知', '数值按原样采用', '使用SDMX的UNIT_MULT代码'),
  'unit.none': said(
    '表格和元数据都没有写明单位',
    '成为“未注明单位”的计数名词，不能换算',
    '在indicators/*.yaml中写明单位',
  ),
  'unit.unknown': said(
    '单位不为本程序所知',
    '成为同样文字的计数名词，不能换算',
    '在indicators/*.yaml中写明单位（docs/units.md）',
  ),
  'value.form': said(
    '数字带有空格、符号、分隔符或标记',
    '读作普通数字，原来的写法保留在备注中',
    '写普通小数',
  ),
  'value.split': said(
    '带小数逗号而没有引号的数字落在两个单元格中',
    'Open SDG会拒绝该行，或只取逗号前的整数',
    '写小数点，或加引号',
  ),
  'yaml.unreadable': said('YAML文件无法读取', '其中的内容缺失；原件保留', '改正文件'),
};

export const ruleInChinese = (rule: string): RuleWords | null =>
  Object.hasOwn(rules, rule) ? (rules[rule] ?? null) : null;

const nouns: Readonly<Record<string, string>> = {
  indicators: '个指标',
  observations: '个观测',
  claims: '个另一说法',
  targets: '个目标值',
  areas: '个区域',
  'map layers': '个地图图层',
  'breakdown dimensions': '个分组维度',
  sources: '个来源',
};

/** `296 indicators · 296个指标` */
export const countInBoth = (noun: string, count: number): string =>
  `${count} ${noun}${Object.hasOwn(nouns, noun) ? ` · ${count}${nouns[noun] ?? ''}` : ''}`;

const refusals: Readonly<Record<string, string>> = {
  'value.per-cent-impossible': '百分比超出±10,000，不可能：应为带了百分号的数量，或丢失了小数点',
  'value.too-many-digits': '小数点前后最多各读40位',
  'period.after-source': '时期晚于来源的日期',
};

/** Why the rules of a workspace refuse a row, in Chinese, with the number that it says. */
export const refusalInChinese = ({ rule, what }: { readonly rule: string; readonly what: string }): string =>
  Object.hasOwn(refusals, rule)
    ? `“${(/^'(.*?)'|^([\d.+-]+)/.exec(what)?.slice(1).find(Boolean) ?? what).slice(0, 40)}”：${refusals[rule] ?? ''}`
    : `不符合工作区的规则（${rule}）：${what}`;
