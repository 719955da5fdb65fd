// The script of every page: small, and nothing works only with it. It makes search instant, and turns a chart live at
// the first touch by fetching the chart code then.

/** Asks the server's own search page while one types, and takes its list over. */
function instantSearch(): void {
  const input = document.querySelector<HTMLInputElement>('#query');
  const form = input?.form;
  // Where no server answers, a script of its own looks through an index.
  if (input === null || form == null || document.getElementById('offline-search') !== null) return;
  let waiting = 0;
  let asked = 0;
  input.addEventListener('input', () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(async () => {
      asked += 1;
      const mine = asked;
      const url = new URL(form.action);
      url.searchParams.set('q', input.value);
      const answer = await fetch(url);
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (mine !== asked) return;
      for (const id of ['found', 'hits'])
        document.getElementById(id)?.replaceChildren(...(page.getElementById(id)?.childNodes ?? []));
      history.replaceState(null, '', url);
    }, 150);
  });
}

/** Names of what an address chooses of a chart. */
const chosen = [
  'kind',
  'show',
  'from',
  'to',
  'axis',
  'measure',
  'order',
  'focus',
  'group',
  'interval',
  'against',
];

/** How long a mouse rests on a chart before it counts as pointing at it, in ms. */
const rest = 150;

/** Makes a chart live when its controls are opened, or when a reader points at it; an address that holds a choice opens them at once. */
function liveCharts(): void {
  const asked = new URLSearchParams(location.search);
  for (const chart of document.querySelectorAll<HTMLElement>('modelcity-explorer')) {
    const start = async (): Promise<void> => {
      const code: { readonly define: () => void } = await import(chart.dataset.code ?? '');
      code.define();
    };
    if (chosen.some((name) => asked.has(name))) void start();
    else {
      chart.querySelector('summary')?.addEventListener('click', start, { once: true });
      whenPointedAt(chart, start);
    }
  }
}

/** Calls once when a mouse rests on the drawing or a finger touches it; of pages opened from a disk no code can be fetched. */
function whenPointedAt(chart: HTMLElement, start: () => Promise<void>): void {
  const drawing = chart.querySelector('.drawing');
  if (drawing === null || chart.querySelector('summary') === null || !location.protocol.startsWith('http'))
    return;
  let waiting = 0;
  const begin = (): void => {
    void start();
  };
  drawing.addEventListener('pointerenter', () => {
    waiting = window.setTimeout(begin, rest);
  });
  drawing.addEventListener('pointerleave', () => window.clearTimeout(waiting));
  drawing.addEventListener('pointerdown', begin, { once: true });
}

/** Lines to copy hold whole addresses: where the site does not know its own, the page that is open does. */
function wholeAddresses(): void {
  if (!location.protocol.startsWith('http')) return;
  const here = new URL('.', location.href).href;
  const style = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"]')?.href ?? here;
  for (const lines of document.querySelectorAll<HTMLElement>('.embed-code[data-self] code'))
    lines.textContent = (lines.textContent ?? '')
      .replaceAll(`"${lines.parentElement?.dataset.self}`, `"${here}`)
      .replaceAll('"/assets/', `"${new URL('.', style).href}`);
}

/** Offers to fill a point in with where the device is; asked for only at the press, and told to nobody before the form is sent. */
function offerPlaces(): void {
  if (!('geolocation' in navigator)) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-here]')) {
    const field = document.getElementById(button.dataset.here ?? '');
    if (!(field instanceof HTMLInputElement)) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      button.disabled = true;
      navigator.geolocation.getCurrentPosition(
        ({ coords: { latitude, longitude } }) => {
          field.value = `${latitude.toFixed(5)},${longitude.toFixed(5)}`;
          button.disabled = false;
        },
        () => {
          button.hidden = true;
          field.focus();
        },
        { enableHighAccuracy: true, timeout: 15_000 },
      );
    });
  }
}

instantSearch();
liveCharts();
wholeAddresses();
offerPlaces();
