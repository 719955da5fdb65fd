import type { Language } from '../../model/index.ts';

/** What the trail calls each act, in words. An act that is not here is shown by its code alone. */
const actions: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  view: ['looked at a page', '查看页面'],
  'sign-in': ['signed in', '登录'],
  'sign-in.code': ['second step of signing in', '登录第二步'],
  'sign-in.provider': ['signed in by the provider', '经身份提供方登录'],
  'sign-out': ['signed out', '退出'],
  'password.ask': ['asked for a new password', '申请重设密码'],
  'link.join': ['joined', '加入'],
  'link.recover': ['set a new password', '重设密码'],
  'link.recover-all': ['set a new password, second step dropped', '重设密码并取消第二步'],
  'account.password': ['changed the password', '修改密码'],
  'account.second-factor': ['changed the second step', '更改第二步验证'],
  'account.sessions': ['ended other sessions', '退出其他登录'],
  'account.keys': ['changed keys', '更改程序密钥'],
  'account.mail': ['chose what to be mailed', '更改邮件设置'],
  'key.make': ['made a key', '生成程序密钥'],
  'mail.stop': ['ended reminders by mail', '停止邮件提醒'],
  'role.give': ['gave a role', '授予角色'],
  'role.end': ['took a role away', '收回角色'],
  'people.change': ['changed people or rights', '更改人员或权限'],
  'notices.seen': ['read what they were told', '已读通知'],
  'round.open': ['opened a round', '开启填报'],
  'round.act': ['took a step with a round', '填报进程操作'],
  'cells.read': ['read cells by program', '程序读取单元格'],
  'cells.save': ['saved cells', '保存单元格'],
  'cells.submit': ['submitted cells', '提交单元格'],
  'cell.act': ['took a step with a cell', '单元格操作'],
  'sheet.act': ['took a step with a sheet', '填报表操作'],
  'sheet.download': ['took a sheet out', '下载填报表'],
  'sheet.upload': ['brought a sheet in', '上传填报表'],
  'plan.add': ['added a commitment', '新增承诺'],
  'plan.change': ['changed a commitment', '调整承诺'],
  'plan.bring': ['brought a plan in as a table', '导入规划表'],
  'plan.adjust': ['took a step with an adjustment', '滚动调整'],
  'letter.issue': ['issued a letter', '签发责任书'],
  'letter.step': ['took a step with a letter', '责任书操作'],
  'oversight.step': ['took a step of supervision', '督办操作'],
  'project.add': ['added a project', '新增项目'],
  'project.change': ['changed a project', '修改项目'],
  'project.photo': ['added a photograph', '添加照片'],
  'selection.open': ['opened a selection', '发起遴选'],
  'selection.change': ['changed a selection', '修改遴选'],
  'selection.score': ['scored', '评分'],
  'selection.step': ['took a step with a selection', '遴选操作'],
  'examination.act': ['took a step of an examination', '考核操作'],
  'finding.answer': ['answered a finding', '答复核查发现'],
  'writing.save': ['saved a text', '保存文字'],
  'writing.take': ['took a text of others', '采纳文字'],
  'writing.sign': ['checked or signed off', '审核或签发'],
  'writing.remark': ['commented', '发表意见'],
  'writing.restore': ['restored a version', '恢复版本'],
  'writing.opinion': ['wrote or answered an opinion', '专家意见'],
  'trail.export': ['exported the trail', '导出审计记录'],
};

const outcomes: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  done: ['done', '完成'],
  refused: ['refused', '拒绝'],
  failed: ['failed', '失败'],
};

const of = (
  words: Readonly<Record<string, readonly [string, string]>>,
  code: string,
  language: Language,
): string | undefined => words[code]?.[language === 'zh' ? 1 : 0];

export const actionName = (code: string, language: Language): string => of(actions, code, language) ?? '';
export const outcomeName = (code: string, language: Language): string => of(outcomes, code, language) ?? code;
