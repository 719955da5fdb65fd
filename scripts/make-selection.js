// Makes the generated example of a selection of projects: 200 candidates, six criteria, five members of a panel, seeded, so
// that the same text comes out anywhere. None of it is the city's data, and the page says so in every row.
//   node scripts/make-selection.js > examples/shenyang/selection/model-projects.yaml
let state = 20100227;
/** The next whole number from 0 to below `n`: a linear congruential generator (Numerical Recipes), high bits. */
const next = (n) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 4294967296) * n);
};

const criteria = [
  ['size', 'Size', '规模', 15],
  ['design', 'Design', '理念', 20, 4],
  ['technology', 'Technology', '技术', 20, 4],
  ['building', 'Building', '建设', 15],
  ['operation', 'Operation', '运营', 15],
  ['demonstration', 'Demonstration effect', '示范效应', 15],
];
const fields = [
  ['livability', '宜居'],
  ['eco-industry', '生态工业'],
  ['venous industry', '静脉产业'],
  ['low-carbon economy', '低碳经济'],
  ['green government', '绿色政府'],
  ['public participation', '公众参与'],
];
const members = ['a', 'b', 'c', 'd', 'e'];
const interests = [
  ['advised the applicant', '曾为申报单位提供咨询'],
  ['works for the applicant', '任职于申报单位'],
  ['holds shares in the builder', '持有承建企业股份'],
];
const lines = [
  "# Generated example, not the city's data: written by scripts/make-selection.js from a fixed seed. Do not edit by hand.",
  'id: model-projects',
  'name: { en: "Selection of model projects (generated example)", zh: "样板示范项目遴选（生成的示例）" }',
  'note:',
  '  en: "The city\'s document says that nearly 200 projects in six fields were looked at and 27 chosen as the first batch; it names three of them and gives no scores. All candidates shown here are made up by a seeded program. The five criteria and the demonstration effect are named in the document; weights, panel and conflicts are made up."',
  '  zh: "该市文件称，在六个领域考察近200个项目，确定首批27个；文件仅列名三项，未给出评分。此处候选项目均由固定种子的程序生成。五项标准及示范效应见于文件；权重、评审组和利益冲突均为虚构。"',
  "citation: { source: shenyang-model-city-2010-en, locator: 'line 227; Chinese text: line 235' }",
  'places: 27',
  'leastMembers: 3',
  'criteria:',
  ...criteria.map(
    ([id, en, zh, weight, least]) =>
      `  - { id: ${id}, name: { en: ${en}, zh: ${zh} }, weight: ${weight}, most: 10${least === undefined ? '' : `, least: ${least}`} }`,
  ),
  'panel:',
  ...members.map(
    (id) => `  - { id: ${id}, name: { en: Member ${id.toUpperCase()}, zh: 评审${id.toUpperCase()} } }`,
  ),
  'candidates:',
];
for (let at = 1; at <= 200; at += 1) {
  const number = String(at).padStart(3, '0');
  const [en, zh] = fields[next(fields.length)];
  const level = 3 + next(6);
  // Two candidates were seen by two members only: too few for a judgement.
  const judges = at === 61 || at === 147 ? members.slice(0, 2) : members;
  lines.push(
    `  - id: p${number}`,
    `    name: { en: "Example project ${number}", zh: "示例项目${number}" }`,
    `    field: { en: "${en}", zh: "${zh}" }`,
    '    generated: true',
  );
  const budget = [`{ amount: ${(2 + next(400)) * 50}, unit: 10*4.CNY }`];
  if (next(12) === 0) budget.push(`{ amount: ${(1 + next(40)) * 25000}, unit: USD }`);
  lines.push(`    budget: [${budget.join(', ')}]`, '    scores:');
  for (const member of judges) {
    const given = criteria.map(([id]) => `${id}: ${Math.max(0, Math.min(10, level - 2 + next(9) / 2))}`);
    lines.push(`      ${member}: { ${given.join(', ')} }`);
  }
  if (next(11) === 0) {
    const [why, whyZh] = interests[next(interests.length)];
    lines.push(
      `    conflicts: [{ member: ${members[next(members.length)]}, reason: { en: ${why}, zh: ${whyZh} } }]`,
    );
  }
}
process.stdout.write(`${lines.join('\n')}\n`);
