import type { AnsweredRequest } from '../web/index.ts';

/** What a server says while it runs, to standard error. */
export interface ServeLog {
  say(text: string): void;
  /** A link that works once: for the eyes of who started the server, never for a log that is collected. */
  secret(text: string): void;
  fault(error: Error, path: string): void;
  answered(request: AnsweredRequest): void;
}

/** Lines for people; answers are not told. */
function plainLog(): ServeLog {
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  return {
    say,
    secret: say,
    fault: (error, path) => say(`fault at ${path}: ${error.stack ?? error.message}`),
    answered: () => undefined,
  };
}

/** One JSON object a line: time, level, event and its members. Neither queries, headers nor bodies are in it. */
function jsonLog(): ServeLog {
  const line = (level: string, event: string, members: object): void => {
    process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...members })}\n`);
  };
  return {
    say: (message) => line('info', 'told', { message }),
    secret: (text) => {
      line('info', 'told', { message: 'a link that works once stands on standard output' });
      process.stdout.write(`${text}\n`);
    },
    fault: ({ message, stack }, path) => line('error', 'fault', { path, message, stack }),
    answered: (request) => line(request.status >= 500 ? 'error' : 'info', 'answered', request),
  };
}

export const serveLogs: Readonly<Record<string, () => ServeLog>> = { plain: plainLog, json: jsonLog };
