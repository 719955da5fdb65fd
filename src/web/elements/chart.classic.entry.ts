/**
 * `<modelcity-chart src="https://…/en/shanghai/indicators/energy_per_gdp/">` for pages of others: shows the newest state of one chart, with its
 * query if there is one (`?kind=bar`). What stands inside the element, a link at best, is shown where the script does not run or the chart cannot be
 * had. Nothing of the page's style gets in, nothing of the chart's gets out.
 */
class ModelcityChart extends HTMLElement {
  static readonly observedAttributes = ['src'];
  #asked = 0;

  attributeChangedCallback(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const src = this.getAttribute('src');
    this.#asked += 1;
    const mine = this.#asked;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    if (root.childNodes.length === 0) root.append(document.createElement('slot'));
    if (src === null) return;
    try {
      const page = new URL(src, document.baseURI);
      if (page.protocol !== 'https:' && page.protocol !== 'http:') return;
      const file = new URL('chart.svg', page);
      file.search = page.search;
      // Where there is little room, a drawing made for it; a site of files has one, which is then shrunk.
      const room = this.getBoundingClientRect().width || document.documentElement.clientWidth;
      if (room < 560) file.searchParams.set('width', 'narrow');
      const answer = await fetch(file, { credentials: 'omit' });
      if (!answer.ok || mine !== this.#asked) throw new Error(String(answer.status));
      const read = new DOMParser().parseFromString(await answer.text(), 'image/svg+xml');
      const svg = read.documentElement;
      if (svg.localName !== 'svg' || mine !== this.#asked) throw new Error('no chart');
      // A chart is shapes and text. Whatever else an address might answer stays out.
      for (const each of [...svg.querySelectorAll('script, foreignObject, style, a, image, use')])
        each.remove();
      for (const each of [svg, ...svg.querySelectorAll('*')])
        for (const { name } of [...each.attributes]) if (/^on|href$/i.test(name)) each.removeAttribute(name);
      svg.removeAttribute('width');
      svg.removeAttribute('height');
      svg.setAttribute('style', 'display:block;width:100%;height:auto');
      const link = document.createElement('a');
      link.href = page.href;
      link.textContent = svg.querySelector('title')?.textContent ?? page.href;
      link.setAttribute('style', 'font:14px/1.4 system-ui,sans-serif;color:inherit');
      link.style.display = 'block';
      this.style.display ||= 'block';
      root.replaceChildren(document.importNode(svg, true), link);
    } catch {
      root.replaceChildren(document.createElement('slot'));
    }
  }
}

if (customElements.get('modelcity-chart') === undefined)
  customElements.define('modelcity-chart', ModelcityChart);
