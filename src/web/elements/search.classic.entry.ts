import { fold, longestQuery, match, mostHits } from '../search-match.ts';

/** A thing that can be found: name, where it belongs, address relative to the page, texts a line each, weight. */
type Row = readonly [name: string, where: string, href: string, texts: string, weight: number];

declare global {
  var modelcitySearch: readonly Row[] | undefined;
}

/** Search without a server: looks through the index that the page has loaded, from a host or from a disk. */
function offlineSearch(rows: readonly Row[], words: DOMStringMap): void {
  const input = document.querySelector<HTMLInputElement>('#query');
  const found = document.getElementById('found');
  const hits = document.getElementById('hits');
  if (input === null || found === null || hits === null) return;
  const whole = [...hits.childNodes];
  // A disk knows no folders that answer with their page.
  const file = (href: string) => (location.protocol === 'file:' ? href.replace(/\/$/, '/index.html') : href);
  const note = (text: string) => {
    const line = document.createElement('p');
    line.className = 'quiet';
    line.textContent = text;
    found.replaceChildren(line);
  };
  const look = (): void => {
    const query = fold(input.value.slice(0, longestQuery));
    if (query === '') {
      hits.replaceChildren(...whole);
      note(words.start ?? '');
      return;
    }
    const best = rows
      .map((row) => {
        const score = Math.max(0, ...row[3].split('\n').map((text) => match(query, text)));
        return { row, score: score === 0 ? 0 : score + row[4] };
      })
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, mostHits);
    hits.replaceChildren(
      ...best.map(({ row: [name, where, href] }) => {
        const item = document.createElement('li');
        const link = document.createElement('a');
        link.href = file(href);
        link.textContent = name;
        const place = document.createElement('span');
        place.className = 'quiet small';
        place.textContent = where;
        item.append(link, ' ', place);
        return item;
      }),
    );
    const told = best.length === 0 ? (words.none ?? '') : (words.found ?? '');
    note(told.replace('{n}', String(best.length)).replace('{q}', input.value));
  };
  let waiting = 0;
  input.addEventListener('input', () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(look, 120);
  });
  input.form?.addEventListener('submit', (event) => {
    event.preventDefault();
    look();
  });
  const asked = new URLSearchParams(location.search).get('q') ?? '';
  if (asked !== '') {
    input.value = asked;
    look();
  }
}

const words = document.getElementById('offline-search')?.dataset;
if (globalThis.modelcitySearch !== undefined && words !== undefined)
  offlineSearch(globalThis.modelcitySearch, words);
