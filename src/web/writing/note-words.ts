import type { Language } from '../../model/index.ts';

/** One message of the review's reader, as a pattern over its English text, and the Chinese for it: `$1` is its first group. */
type Entry = readonly [english: RegExp, chinese: string];

const messages: readonly Entry[] = [
  [/^the numbers? (.+) (?:is|are) typed by hand$/, '数字 $1 是手工输入的'],
  [/^there is no standard (.+) with criteria$/, '没有带评价准则的标准 $1'],
  [/^no value here can be drawn$/, '此处没有可以绘制的数值'],
  [/^the indicators of one chart have different units$/, '同一图表中的指标单位不同'],
  [/^the area (.*) is not in this workspace$/, '本地没有区域 $1'],
  [/^the indicator (.*) is not in this workspace$/, '本地没有指标 $1'],
  [/^(\S+) has no value here: .*$/s, '$1 在此没有数值'],
  [/^(\S+) cannot be stated in (.+)$/, '$1 不能换算为 $2'],
  [/^there is no target for (.*) in (.*)$/, '指标 $1 在 $2 没有目标值'],
  [/^there is no claim (.*) with a value$/, '没有带数值的文献陈述 $1'],
  [/^the source (.*) is not in this workspace$/, '本地没有来源 $1'],
  [/^there is no key indicator here$/, '此处没有关键指标'],
  [/^this workspace has no response framework$/, '本地没有响应框架'],
  [/^the response framework has no goal (.*)$/, '响应框架中没有目标 $1'],
  [/^there is no case (.*)$/, '没有案例 $1'],
  [/^the chapter has (\d+) characters$/, '本章有 $1 个字符'],
  [/^the chapter does not begin with its title$/, '本章没有以标题开头'],
  [/^lists or quotes are nested too deep$/, '列表或引文嵌套过深'],
  [/^a (\S+) cannot stand in a review$/, '报告中不能使用 $1'],
  [/^a link with an address that is not safe$/, '链接地址不安全'],
  [/^(\{%.*%\}) stands inside a sentence$/, '$1 写在了句子中间'],
  [/^a tag is not closed$/, '标签没有闭合'],
  [/^there is no tag (\{%.*%\})$/, '没有标签 $1'],
  [/^(\{%.*%\}) has no attribute (.+)$/, '$1 没有属性 $2'],
  [/^(.+) of (\{%.*%\}) is not a text$/, '$2 的 $1 不是文本'],
  [/^(.+) of (\{%.*%\}) cannot be this value$/, '$2 的 $1 不能取此值'],
  [/^(\{%.*%\}) lacks (.+)$/, '$1 缺少 $2'],
  [/^there is nothing to count: .*$/s, '没有可计数的内容'],
  [/^there is no commitment in this workspace$/, '本地没有承诺'],
  [/^there is no commitment (.+)$/, '没有承诺 $1'],
  [/^no model is kept for this place$/, '本地没有模型'],
  [/^there is no scenario called (.+)$/, '没有情景 $1'],
  [/^the model has no variable called (.+)$/, '模型中没有变量 $1'],
  [/^the model has no result for (.+)$/, '模型没有 $1 的结果'],
  [/^(\d+) scenarios are named$/, '列出了 $1 个情景'],
  [/^the chapter has a title and nothing else$/, '本章只有标题'],
];

const mends: readonly Entry[] = [
  [
    /^bind it with a tag such as (\{%.*?%\}), or mark a (?:name|number that is part of a name) with (.*)$/,
    '用 $1 等标签绑定，名称中的数字用 $2 标出',
  ],
  [
    /^use the id of a framework with `kind: standard` in frameworks\/$/,
    '填写 frameworks/ 中 `kind: standard` 的框架编号',
  ],
  [/^hand in values, or use (\{%.*%\})$/, '填报数值，或改用 $1'],
  [/^draw them in separate charts$/, '分别绘图'],
  [/^use an id that stands under areas in city\.yaml.*$/, '使用 city.yaml（本地或各区）areas 中的编号'],
  [/^correct the id, or declare the indicator in indicators\/$/, '更正编号，或在 indicators/ 中定义该指标'],
  [/^hand in the value, or write the sentence without it$/, '填报数值，或改写句子'],
  [/^use (\S+) or a unit that converts into it$/, '使用 $1 或可换算的单位'],
  [
    /^add the row with its source, or correct indicator, area or period$/,
    '补充该行及其来源，或更正指标、区域、时期',
  ],
  [/^correct the ref, or add the row with its source$/, '更正编号，或补充该行及其来源'],
  [
    /^add it under sources in city\.yaml with producer, date and licence$/,
    '在 city.yaml 的 sources 中补充，注明编制单位、日期和许可',
  ],
  [
    /^set `key: true` and `goals` on the indicators of this goal$/,
    '为该目标的指标设置 `key: true` 和 `goals`',
  ],
  [
    /^add a framework with `kind: response` in frameworks\/$/,
    '在 frameworks/ 中添加 `kind: response` 的框架',
  ],
  [/^correct the goal, or add it to the framework$/, '更正目标，或补充到框架中'],
  [
    /^add it under cases in the response framework, or correct the id$/,
    '在响应框架的 cases 中补充，或更正编号',
  ],
  [/^split it into several chapters$/, '拆分为几章'],
  [/^begin the file with one line `# Title`$/, '以一行 `# 标题` 开头'],
  [/^flatten the text$/, '减少层级'],
  [/^use paragraphs, lists, quotes, tables and the tags$/, '使用段落、列表、引文、表格和标签'],
  [/^give the full https address$/, '写出完整的 https 地址'],
  [/^put it on its own line with empty lines around it$/, '单独成行，前后各空一行'],
  [/^use text, emphasis, links and the tags; .*$/, '使用文字、强调、链接和标签；图片中的数字无法追溯'],
  [/^write (\{% name key="value" \/%\}), or close the tag with (\{%.*%\})$/, '写成 $1，或用 $2 闭合标签'],
  [/^write (\{% name key="value" \/%\}) on one line$/, '在一行内写成 $1'],
  [/^use one of: (.*)$/s, '可用：$1'],
  [/^its attributes are: (.*)$/s, '其属性有：$1'],
  [/^write (.+)$/, '写成 $1'],
  [/^add (\S+="…")$/, '添加 $1'],
  [
    /^list what is counted in the workspace, or write the sentence without it$/,
    '列出要计数的内容，或改写句子',
  ],
  [/^use the id of a commitment in plan\.yaml$/, '使用 plan.yaml 中承诺的编号'],
  [
    /^keep the model and the place’s file under models\/, or leave the tag out$/,
    '在 models/ 下保存模型和本地文件，或去掉该标签',
  ],
  [/^correct the name; the equations page lists all of them$/, '更正名称；方程页列出全部变量'],
  [/^use a year from (.+) to (.+)$/, '使用 $1 至 $2 之间的年份'],
  [/^use several tags$/, '使用多个标签'],
  [/^write it, or take it out of review\.yaml$/, '补写内容，或从 review.yaml 中去掉'],
];

const whys: readonly Entry[] = [
  [/^a number that is bound to no figure cannot be traced or recomputed$/, '没有绑定的数字无法追溯和复算'],
  [/^an assessment needs requirements to judge by$/, '评价须有可依据的要求'],
  [/^a chart has one axis; a table stands in its place$/, '一张图只有一个坐标轴，此处改用表格'],
  [/^a figure is always about one known area$/, '每个数字都属于一个已知区域'],
  [/^a number in the text must come from a declared indicator$/, '文中的数字须来自已定义的指标'],
  [/^the text will say that it is not reported(?:, with the reason)?$/, '文中将写明未报告及其原因'],
  [/^the two units measure different things$/, '两个单位计量的不是同一类量'],
  [/^a target in the text must come from targets\/ or from a plan$/, '文中的目标须来自 targets/ 或规划'],
  [/^a stated number in the text must come from claims\/$/, '文中转述的数字须来自 claims/'],
  [/^what is cited stands in the list of sources$/, '引用的文献须列入来源'],
  [/^the table would be empty$/, '表格将为空'],
  [/^the table shows goals, measures and practices of one$/, '该表列出框架的目标、措施和案例'],
  [/^a case stands in a framework with its title, place and citation$/, '案例须在框架中载明名称、地点和出处'],
  [/^a table or chart shows declared indicators only$/, '图表只显示已定义的指标'],
  [/^a chapter may have (\d+)$/, '每章不超过 $1 个字符'],
  [/^the title stands in the contents and on the page$/, '标题用于目录和页面'],
  [/^no page shows more than (\d+) levels$/, '页面不显示超过 $1 层'],
  [
    /^every (?:block|piece of text) must be printable in all forms of the review$/,
    '内容须能在报告的各种形式中印出',
  ],
  [
    /^only http, https, mailto and places inside the review may be linked$/,
    '只能链接 http、https、mailto 和报告内部位置',
  ],
  [/^it makes a block of its own$/, '它自成一段'],
  [/^a tag that cannot be read would lose its number$/, '无法读取的标签会丢失其数字'],
  [/^its text would be printed as it was typed$/, '其文字会原样印出'],
  [/^only known tags can be bound to figures$/, '只有已知标签能绑定数字'],
  [/^what a tag does not know it would ignore silently$/, '标签会悄悄忽略它不认识的内容'],
  [/^attributes are texts in quotes$/, '属性是引号内的文本'],
  [/^the tag knows only the listed ones$/, '该标签只接受列出的值'],
  [/^without it the figure is not named$/, '缺少它就无法确定是哪个数字'],
  [/^the table shows a part of the plan tree$/, '该表显示规划树的一部分'],
  [/^a scenario is a run of the model of the place$/, '情景是本地模型的一次运行'],
  [/^only a named scenario can be printed: .*$/, '只有已命名的情景可以印出：其种子和设置已保存'],
  [/^a result is told under the name that the model’s file gives it$/, '结果以模型文件中的名称表示'],
  [/^a scenario has a value for each year of its run$/, '情景在其运行的每一年都有数值'],
  [/^at most (\d+) can be told apart beside the baseline$/, '除基准外最多可区分 $1 个'],
  [/^an empty section misleads: .*$/, '空白章节会让人误以为无可说明'],
];

export type NoteKind = 'message' | 'why' | 'mend';
const tables: Readonly<Record<NoteKind, readonly Entry[]>> = { message: messages, why: whys, mend: mends };

/**
 * A note of the reader of chapters in the language of who writes; null where it has no words for it, as for what the parser of
 * the tags says in its own: then the English stands, marked as such.
 */
export function noteIn(text: string, kind: NoteKind, language: Language): string | null {
  if (language === 'en') return text;
  for (const [english, chinese] of tables[kind])
    if (english.test(text)) return text.replace(english, chinese);
  return null;
}
