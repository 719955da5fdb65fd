import { type Case, isOverdue, type Register, readPoint } from '../../registers/index.ts';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { paths } from './paths.ts';
import { registerWords } from './words.ts';

const width = 800;
const margin = 40;

/** Cases as points by latitude and longitude, each a link; lines mark round degrees. No map of others is loaded. */
export function CaseMap({
  cases,
  total,
  field,
  register,
  now,
  view,
}: {
  readonly cases: readonly Case[];
  /** How many there are of the choice in all. */
  readonly total: number;
  readonly field: string;
  readonly register: Register;
  readonly now: string;
  readonly view: PlaceView;
}) {
  const words = registerWords[view.language];
  const placed = cases.flatMap((each) => {
    const point = readPoint(each.values[field] ?? '');
    return point === null ? [] : [{ each, x: Number(point.longitude), y: Number(point.latitude) }];
  });
  if (placed.length === 0) return null;
  const [west, east] = spread(placed.map(({ x }) => x));
  const [south, north] = spread(placed.map(({ y }) => y));
  // A degree of longitude is shorter by the cosine of the latitude.
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (width - 2 * margin) / Math.max((east - west) * shrink, north - south);
  const height = Math.round((north - south) * scale + 2 * margin);
  const across = (x: number): string => (margin + (x - west) * shrink * scale).toFixed(1);
  const down = (y: number): string => (margin + (north - y) * scale).toFixed(1);
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5].find((each) => (north - south) / each <= 8) ?? 10;
  return (
    <section>
      <h2>{words.map}</h2>
      <svg
        class="places-map"
        viewBox={`0 0 ${width} ${height}`}
        aria-label={fill(words.mapCaption, { n: placed.length })}
      >
        {lines(south, north, step).map((y) => (
          <g>
            <line x1={0} x2={width} y1={down(y)} y2={down(y)} />
            <text x={4} y={Number(down(y)) - 4}>
              {`${y.toFixed(2)}°N`}
            </text>
          </g>
        ))}
        {lines(west, east, step).map((x) => (
          <g>
            <line x1={across(x)} x2={across(x)} y1={0} y2={height} />
            <text x={Number(across(x)) + 4} y={height - 6}>
              {`${x.toFixed(2)}°E`}
            </text>
          </g>
        ))}
        {placed.map(({ each, x, y }) => (
          <a
            href={paths.case(view.language, view.here.city, register.id, each.number)}
            class={isOverdue(each, now) ? 'overdue' : undefined}
          >
            <title>{each.number}</title>
            {isOverdue(each, now) ? (
              <rect
                x={(Number(across(x)) - 9).toFixed(1)}
                y={(Number(down(y)) - 9).toFixed(1)}
                width={18}
                height={18}
                stroke-width={1.5}
              />
            ) : (
              <circle cx={across(x)} cy={down(y)} r={9} stroke-width={1.5} />
            )}
          </a>
        ))}
      </svg>
      <p class="quiet small">
        {fill(words.mapCaption, { n: placed.length })}
        {cases.length < total ? ` ${fill(words.mapPart, { n: placed.length })}` : ''}
      </p>
    </section>
  );
}

/** Least and greatest, at least a hundredth of a degree apart. */
function spread(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const more = Math.max(0.005, (high - low) * 0.05);
  return [low - more, high + more];
}

function lines(from: number, to: number, step: number): readonly number[] {
  const found: number[] = [];
  for (let at = Math.ceil(from / step); at * step <= to; at += 1) found.push(at * step);
  return found;
}
