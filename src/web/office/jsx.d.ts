import 'hono/jsx';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'mc-grid': {
        readonly api: string;
        readonly area: string;
        readonly department: string;
        readonly words: string;
        readonly children?: unknown;
      };
      'mc-writer': {
        readonly api: string;
        readonly section: string;
        readonly shown: string;
        readonly writes: string;
        readonly words: string;
        readonly children?: unknown;
      };
    }
  }
}
