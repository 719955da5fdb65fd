import type { Answer, Locate } from '../audit/index.ts';
import type { FigureSet } from '../figures/index.ts';
import type { Figure, Finding, Language, Review, Workspace } from '../model/index.ts';
import {
  bindReview,
  renderDocx,
  renderHtml,
  renderPdfs,
  type ScenarioFigure,
  scenarioBookOf,
} from '../review/index.ts';

/** A place with its figures as of one position of its log. */
export interface PublishedPlace {
  readonly workspace: Workspace;
  readonly figures: FigureSet;
  readonly asOf: number;
  /** Where its records stand in their files, for the audit; without it they are named by their address. */
  readonly locate?: Locate;
  /** Answers given to findings of the audit. */
  readonly answers?: readonly Answer[];
}

export interface ReviewFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Every figure that a document shows. */
  readonly figures: readonly Figure[];
  /** Every result of a scenario that a document shows. */
  readonly scenarios: readonly ScenarioFigure[];
  readonly findings: readonly Finding[];
}

export interface DocumentChoice {
  readonly review: Review;
  readonly place: PublishedPlace;
  readonly related: readonly PublishedPlace[];
  readonly language: Language;
}

/**
 * One review in one language as files: PDF to read, PDF to archive, Word, and one HTML page that needs nothing beside it.
 * `folder` is put before each name.
 */
export async function reviewFiles(
  { review, place, related, language }: DocumentChoice,
  folder: string,
): Promise<ReviewFiles> {
  const { document, findings } = bindReview({
    review,
    workspace: place.workspace,
    figures: place.figures,
    related,
    language,
    asOf: place.asOf,
    scenarios: scenarioBookOf(place.workspace),
  });
  const name = `${folder}${place.workspace.city.id}-${review.head.id}.${language}`;
  const files = new Map<string, Uint8Array>();
  const found = [...findings];
  const figures = document.figures.map(({ figure }) => figure);
  const scenarios = document.scenarios.map(({ figure }) => figure);
  if (findings.some(({ severity }) => severity === 'error'))
    return { files, figures, scenarios, findings: found };
  const endings = ['.pdf', '.archive.pdf'];
  renderPdfs(document, ['ua-1', 'a-2a']).forEach(({ pdf, findings: refused }, at) => {
    found.push(...refused);
    if (pdf !== null) files.set(`${name}${endings[at]}`, pdf);
  });
  files.set(`${name}.docx`, await renderDocx(document));
  files.set(
    `${name}.html`,
    new TextEncoder().encode(
      standalone(document.title, language, renderHtml(document, { figureHref: (code) => `#f-${code}` })),
    ),
  );
  return { files, figures, scenarios, findings: found };
}

const style = `body{margin:0 auto;max-width:60rem;padding:2rem 1rem;font:1rem/1.5 "Source Sans 3","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1b1f24;background:#fcfbf8}
:lang(zh-CN){line-height:1.75}a{color:#1f6f5c}table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums lining-nums}th,td{padding:.25rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid #d8d5cd}.number{text-align:right}
figure{margin:1.5rem 0}figcaption{font-weight:600;margin-bottom:.5rem}.review-scroll{overflow-x:auto}.review-codes,.review-note{font-size:.78rem;color:#5b6168;margin:.2rem 0}.review-case{border-left:3px solid #1f6f5c;background:#f3f6f2;padding:.75rem 1rem;margin:1.5rem 0}
.figure{color:inherit;text-decoration:underline dotted;text-underline-offset:.2em}.figure-missing{color:#5b6168}.cite{font-size:.85em}svg{max-width:100%;height:auto}.review-number{color:#1f6f5c;margin-right:.3em}`;

function standalone(title: string, language: Language, body: string): string {
  const safe = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html>\n<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe}</title><style>${style}</style></head><body>${body}</body></html>\n`;
}
