import type { Standard } from '../../assess/index.ts';
import { colon, comma } from '../../language/index.ts';
import { Page } from '../layout.tsx';
import { GoalChip } from '../parts/goal.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type View } from '../view.ts';
import { fill } from '../words.ts';
import { ruleText } from './rule-text.ts';
import { openOf, type Shipped, shippedFrameworks } from './shipped.ts';
import { assessmentWords } from './words.ts';

export const shippedAddress = (view: Pick<View, 'language'>, id?: string): string =>
  `/${view.language}/frameworks/${id === undefined ? '' : `${encodeURIComponent(id)}/`}`;

/** Every framework that comes with the product: where it is from, and how far it was checked. */
export function ShippedFrameworksPage({ view }: { readonly view: View }) {
  const w = assessmentWords[view.language];
  const parting = comma(view.language);
  return (
    <Page view={view} title={w.shipped} trail={[{ name: w.shipped }]}>
      <h1>{w.shipped}</h1>
      <p class="quiet">{w.toCheckLong}</p>
      <Scroll label={w.shipped}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.framework}</th>
              <th scope="col">{w.source}</th>
              <th scope="col">{w.status}</th>
              <th scope="col">{w.provenance}</th>
            </tr>
          </thead>
          <tbody>
            {shippedFrameworks().map((framework) => (
              <tr>
                <th scope="row">
                  <a href={shippedAddress(view, framework.id)}>{named(framework.name, view)}</a>
                </th>
                <td>
                  {named(framework.source.title, view)}
                  <div class="quiet small">
                    {[named(framework.source.producer, view), framework.source.date].join(parting)}
                  </div>
                </td>
                <td>
                  <Status framework={framework} view={view} />
                </td>
                <td class="small">{named(framework.source.provenance, view)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Page>
  );
}

function Status({ framework, view }: { readonly framework: Shipped; readonly view: View }) {
  const w = assessmentWords[view.language];
  const counts = openOf(framework);
  return (
    <>
      {framework.status === 'read' ? w.read : <span class="flag">{w.unread}</span>}
      {counts === null || counts.open === 0 ? null : (
        <div class="quiet small">{fill(w.open, { n: counts.open, all: counts.all })}</div>
      )}
    </>
  );
}

/** One shipped framework, whole. */
export function ShippedFrameworkPage({
  framework,
  view,
}: {
  readonly framework: Shipped;
  readonly view: View;
}) {
  const w = assessmentWords[view.language];
  const name = named(framework.name, view);
  const parting = comma(view.language);
  return (
    <Page view={view} title={name} trail={[{ name: w.shipped, href: shippedAddress(view) }, { name }]}>
      <h1>{name}</h1>
      <p class="quiet">
        {w.source}
        {colon(view.language)}
        {[
          named(framework.source.title, view),
          named(framework.source.producer, view),
          framework.source.date,
        ].join(parting)}
      </p>
      <p class="quiet small">
        {named(framework.source.provenance, view)} {named(framework.source.licence, view)}
      </p>
      <p>
        <Status framework={framework} view={view} />
      </p>
      <Content framework={framework} view={view} />
    </Page>
  );
}

function Content({ framework, view }: { readonly framework: Shipped; readonly view: View }) {
  switch (framework.kind) {
    case 'standard':
      return <Criteria standard={framework} view={view} />;
    case 'goals':
      return (
        <>
          {framework.goals.map((goal) => (
            <section>
              <h2>
                <GoalChip goal={goal.number} /> <span class="vh">{goal.number}. </span>
                {named(goal.name, view)}
              </h2>
              <dl class="numbered">
                {goal.targets.map((target) => (
                  <div>
                    <dt>
                      {target.number} {named(target.name, view)}
                    </dt>
                    {target.indicators.map((indicator) => (
                      <dd>
                        {indicator.number} {named(indicator.name, view)}
                      </dd>
                    ))}
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </>
      );
    case 'codebook':
      return <Bounds codebook={framework} view={view} />;
    case 'review-form':
      return (
        <dl class="numbered">
          {framework.sections.map((section) => (
            <div>
              <dt>{named(section.name, view)}</dt>
              {section.checks.map((id) => {
                const check = framework.checks.find((one) => one.id === id);
                return check === undefined ? null : <dd>{named(check.name, view)}</dd>;
              })}
            </div>
          ))}
          <div>
            <dt>{assessmentWords[view.language].wholeReview}</dt>
            {framework.checks
              .filter(({ scope }) => scope === 'review')
              .map((check) => (
                <dd>{named(check.name, view)}</dd>
              ))}
          </div>
        </dl>
      );
    case 'scoring':
      return (
        <ul>
          {framework.bands.map(({ from, points }) => (
            <li>{fill(assessmentWords[view.language].band, { from, points })}</li>
          ))}
        </ul>
      );
  }
}

function Criteria({ standard, view }: { readonly standard: Standard; readonly view: View }) {
  const w = assessmentWords[view.language];
  return (
    <>
      {standard.groups.map((group) => {
        const criteria = standard.criteria.filter((criterion) => criterion.group === group.id);
        if (criteria.length === 0) return null;
        const name = named(group.name, view);
        return (
          <section>
            <h2>{name}</h2>
            <Scroll label={name}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{w.requirement}</th>
                    <th scope="col">{w.kind}</th>
                    <th scope="col">{w.asked}</th>
                    <th scope="col">{w.status}</th>
                  </tr>
                </thead>
                <tbody>
                  {criteria.flatMap((criterion) =>
                    criterion.tests.map((test) => {
                      const [whole, own] = [named(criterion.name, view), named(test.name, view)];
                      return (
                        <tr>
                          <th scope="row">
                            {whole}
                            {own === whole ? null : <div class="small">{own}</div>}
                            {test.note === undefined ? null : (
                              <div class="quiet small">{named(test.note, view)}</div>
                            )}
                          </th>
                          <td>{w[criterion.kind]}</td>
                          <td>
                            {ruleText(test, standard, view.language)}
                            {test.when === undefined ? null : (
                              <div class="quiet small">{whenText(test.when, standard, view)}</div>
                            )}
                          </td>
                          <td>{test.standing === 'read' ? w.read : <span class="flag">{w.unread}</span>}</td>
                        </tr>
                      );
                    }),
                  )}
                </tbody>
              </table>
            </Scroll>
          </section>
        );
      })}
    </>
  );
}

/** Where a test applies: the attribute of the area and the values it may have. */
function whenText(
  when: Readonly<Record<string, readonly string[]>>,
  { attributes }: Standard,
  view: View,
): string {
  return Object.entries(when)
    .map(([id, values]) => {
      const attribute = attributes.find((one) => one.id === id);
      const names = values.map((value) => {
        const known = attribute?.values.find((one) => one.id === value);
        return known === undefined ? value : named(known.name, view);
      });
      const name = attribute === undefined ? id : named(attribute.name, view);
      return view.language === 'zh' ? `${name}：${names.join('、')}` : `${name}: ${names.join(', ')}`;
    })
    .join(view.language === 'zh' ? '；' : '; ');
}

function Bounds({
  codebook,
  view,
}: {
  readonly codebook: Extract<Shipped, { readonly kind: 'codebook' }>;
  readonly view: View;
}) {
  const w = assessmentWords[view.language];
  const short = (value: string) => String(Number(Number(value).toPrecision(5)));
  return (
    <Scroll label={w.indicator}>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.indicator}</th>
            {(['best', 'green', 'yellow', 'red', 'worst'] as const).map((name) => (
              <th scope="col" class="num">
                {w[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {codebook.indicators.map((indicator) => (
            <tr>
              <th scope="row">
                <GoalChip goal={indicator.goal} /> {named(indicator.name, view)}
              </th>
              {(['best', 'green', 'yellow', 'red', 'worst'] as const).map((name) => (
                <td class="num">{short(indicator[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
