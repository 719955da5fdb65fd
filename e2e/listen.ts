import { serve } from '@hono/node-server';

type Fetch = (request: Request) => Response | Promise<Response>;

/** A server on a free port of this machine. */
export interface Listening {
  readonly origin: string;
  /** What answers from now on: a door must know the address before there is an app behind it. */
  answer(fetch: Fetch): void;
  close(): Promise<void>;
}

/** Listens on a free port; answers 503 until it is told who answers. */
export function listen(first: Fetch = () => new Response('', { status: 503 })): Promise<Listening> {
  let current = first;
  return new Promise((resolve) => {
    const server = serve(
      { fetch: (request) => current(request), port: 0, hostname: '127.0.0.1' },
      ({ port }) =>
        resolve({
          origin: `http://127.0.0.1:${port}`,
          answer: (fetch) => {
            current = fetch;
          },
          close: () => new Promise((done) => server.close(() => done())),
        }),
    );
  });
}
