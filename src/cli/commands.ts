import type { Command } from './command.ts';

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** The commands by name. Each lives in its own file under commands/ and is loaded only when called. */
export const commands: Readonly<Record<string, Entry>> = {
  'api-key': {
    summary: 'make a key with which another system may file reports',
    load: async () => (await import('./commands/api-key.ts')).apiKey,
  },
  assess: {
    summary: 'judge a table of indicators by a named method',
    load: async () => (await import('./commands/assess.ts')).assess,
  },
  audit: {
    summary: 'find numbers in reviews that disagree with each other',
    load: async () => (await import('./commands/audit.ts')).audit,
  },
  backup: {
    summary: 'copy the log and its source files, consistently, while others write',
    load: async () => (await import('./commands/backup.ts')).backup,
  },
  check: {
    summary: 'tell all that is wrong with a workspace folder',
    load: async () => (await import('./commands/check.ts')).check,
  },
  doctor: {
    summary: 'look at everything modelcity needs and keeps',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  export: {
    summary: 'write what the database holds as workspace folders',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  figures: {
    summary: 'list every figure of a workspace',
    load: async () => (await import('./commands/figures.ts')).figures,
  },
  import: {
    summary: 'make a workspace of what others publish',
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  load: {
    summary: 'check a workspace and store what it says',
    load: async () => (await import('./commands/load.ts')).load,
  },
  new: {
    summary: 'begin a city: a folder with the files that every workspace has',
    load: async () => (await import('./commands/new.ts')).newPlace,
  },
  people: {
    summary: 'invite people to the office, let them back in, list them',
    load: async () => (await import('./commands/people.ts')).people,
  },
  plan: {
    summary: 'take a plan out as a table, check one, bring one in',
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  replay: {
    summary: 'rebuild the database from the source log and compare',
    load: async () => (await import('./commands/replay.ts')).replayCommand,
  },
  restore: {
    summary: 'build a database from a backup',
    load: async () => (await import('./commands/restore.ts')).restore,
  },
  serve: {
    summary: 'load places, compute, and serve their pages and JSON interface',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  trace: {
    summary: 'follow a figure down to document and line',
    load: async () => (await import('./commands/trace.ts')).trace,
  },
  review: {
    summary: 'typeset reviews as PDF, Word and HTML',
    load: async () => (await import('./commands/review.ts')).review,
  },
  'open-data': {
    summary: 'write the data of a place in every open format',
    load: async () => (await import('./commands/open-data.ts')).openDataCommand,
  },
  portal: {
    summary: 'write the pages as files, only those that changed',
    load: async () => (await import('./commands/portal.ts')).portalCommand,
  },
  publish: {
    summary: 'freeze a review as a signed edition',
    load: async () => (await import('./commands/publish.ts')).publish,
  },
  verify: {
    summary: 'check an edition without a network',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  scenario: {
    summary: 'results of named scenarios as forecast figures, run again',
    load: async () => (await import('./commands/scenario.ts')).scenario,
  },
  'simulate-city': {
    summary: 'make a city up, at the scale of a real one, to try things on',
    load: async () => (await import('./commands/simulate-city.ts')).simulateCity,
  },
  simulate: {
    summary: 'run a stock-flow model (XMILE)',
    load: async () => (await import('./commands/simulate.ts')).simulate,
  },
  version: {
    summary: 'print the version of modelcity',
    load: async () => (await import('./commands/version.ts')).version,
  },
};
