/**
 * A page for a program that writes it to a file: its text as it was made. An answer to a reader is turned into bytes and told
 * with headers; a site of thousands of large pages would be turned into bytes, read back and turned into bytes again.
 */
export class WrittenPage extends Response {
  readonly #text: string;

  constructor(text: string, status: number) {
    super(null, { status, headers: { 'content-type': 'text/html; charset=UTF-8' } });
    this.#text = text;
  }

  override text(): Promise<string> {
    return Promise.resolve(this.#text);
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return new TextEncoder().encode(this.#text).buffer;
  }
}
