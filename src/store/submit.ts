import type { Finding, SubmittedFile } from '../model/index.ts';
import { type StagedBlob, sha256Hex, stageBlob } from './blob.ts';
import { pendingEvents } from './case.ts';
import { UnstorableText } from './copy-text.ts';
import { pendingDeclarations } from './declaration.ts';
import { pendingDeclared, pendingDefinitions } from './definition.ts';
import { type Connection, type Engine, type Limits, refusal, Undo } from './engine.ts';
import { pendingFlows } from './flow.ts';
import { groupsOf, type Written } from './group.ts';
import { pendingNarratives } from './narrative.ts';
import { pendingObservations } from './observation.ts';
import { type Context, type Pending, Refused, recordError, sumOf } from './pending.ts';
import { pendingReadings } from './reading.ts';
import { recordsSchema } from './records.ts';
import { pendingSensors } from './sensor.ts';
import { type Receipt, recordsPath, type Submission, type SubmissionEntry } from './submission.ts';

/**
 * Stores a submission whole or not at all. Its files are written and synced first; then it waits for its turn with what
 * else came in for the city ({@link groupsOf}). It is answered after the commit.
 */
export async function submit(
  engine: Engine,
  directory: string,
  limits: Limits,
  submission: Submission,
): Promise<Receipt> {
  const { city } = submission;
  const staged: StagedBlob[] = [];
  try {
    checkEnvelope(submission, limits.areas);
    const files = filesOf(submission);
    for (let at = 0; at < files.length; at += filesAtOnce)
      staged.push(
        ...(await Promise.all(
          files.slice(at, at + filesAtOnce).map(({ bytes }) => stageBlob(directory, bytes)),
        )),
      );
    return await groupsOf(engine, directory).add(city, {
      limits,
      staged,
      isAlone: isHeavy(submission),
      isInTurn: submission.turn !== undefined,
      write: (context) => writeOne(context, submission, files, staged),
      answer: (error, head) => {
        if (error instanceof Undo) return error.value;
        const findings = findingsOf(error);
        return findings === null ? null : { outcome: 'refused', city, position: head, findings };
      },
    });
  } catch (error) {
    const findings = findingsOf(error);
    if (findings === null) throw error;
    return { outcome: 'refused', city, position: 0, findings };
  } finally {
    await Promise.all(staged.map((each) => each.drop()));
  }
}

/** Open at one time, of one submission. */
const filesAtOnce = 32;

/** What compares by tables of its own in the database, or takes long, has a transaction to itself. */
function isHeavy({ workspace, records = {} }: Submission): boolean {
  const { observations = [], withdraw = [], events = [], flows = [], readings = [] } = records;
  return (
    workspace !== undefined ||
    observations.length + withdraw.length > 0 ||
    events.length + flows.length + readings.length > 500
  );
}

/** Compares a submission with what is stored and writes what is new, at the position after the head. */
async function writeOne(
  context: Context,
  submission: Submission,
  files: readonly SubmittedFile[],
  staged: readonly StagedBlob[],
): Promise<Written> {
  const { city, head } = context;
  checkHead(head, submission.basedOn);
  const own = { ...context, corrects: submission.corrects ?? null };
  checkCorrected(own);
  const parts = await partsOf(own, submission);
  const changes = sumOf(parts.map((part) => part.changes));
  if (changes.added + changes.changed + changes.withdrawn === 0)
    throw new Undo<Receipt>({ outcome: 'unchanged', city, position: head });
  const position = head + 1;
  const entry = entryOf(submission, files, staged, position);
  const writes = [
    (connection: Connection) => writeEntry(connection, entry, parts),
    ...parts.map((part) => (connection: Connection) => part.write(connection, position)),
  ];
  // What is small goes to the server in one go, in this order; what is large, piece by piece.
  if (isHeavy(submission)) for (const write of writes) await write(context.connection);
  else await Promise.all(writes.map((write) => write(context.connection)));
  return { entry, receipt: { outcome: 'stored', city, position, changes } };
}

async function partsOf(context: Context, submission: Submission): Promise<readonly Pending[]> {
  const { workspace, records = {} } = submission;
  const origins = submission.origins ?? new Map();
  if (workspace !== undefined)
    return [
      await pendingDefinitions(context, workspace, origins),
      await pendingObservations(context, {
        observations: workspace.observations,
        origins,
        snapshot: true,
        withdraw: [],
      }),
    ];
  const flowsGone: string[] = [];
  const othersGone: string[] = [];
  for (const address of new Set(records.withdraw))
    (address.startsWith('flow/') ? flowsGone : othersGone).push(address);
  const observations = records.observations ?? [];
  return [
    ...(await pendingDeclarations(context, records)),
    await pendingDeclared(context, 'source', records.sources ?? []),
    await pendingDeclared(context, 'indicator', records.indicators ?? []),
    await pendingNarratives(context, records.narratives ?? []),
    await pendingEvents(context, records.events ?? []),
    await pendingFlows(context, records.flows ?? [], flowsGone, records.events ?? []),
    await pendingReadings(context, records.readings ?? [], records.series ?? []),
    ...(await pendingSensors(context, records)),
    ...(observations.length + othersGone.length === 0
      ? []
      : [
          await pendingObservations(context, {
            observations,
            origins,
            snapshot: false,
            withdraw: othersGone,
          }),
        ]),
  ];
}

function entryOf(
  { city, kind, agent, received, corrects }: Submission,
  files: readonly SubmittedFile[],
  staged: readonly StagedBlob[],
  position: number,
): SubmissionEntry {
  return {
    city,
    position,
    kind,
    agent,
    received: new Date(received).toISOString(),
    corrects: corrects ?? null,
    files: files.map(({ path, bytes }, at) => ({
      path,
      sha256: staged[at]?.sha256 ?? sha256Hex(bytes),
      size: bytes.byteLength,
    })),
  };
}

async function writeEntry(
  connection: Connection,
  { city, position, kind, agent, received, corrects, files }: SubmissionEntry,
  parts: readonly Pending[],
): Promise<void> {
  const areas = [...new Set(parts.flatMap((part) => [...part.areas]))].sort();
  await Promise.all([
    connection.fixed('UPDATE city_log SET head = $2 WHERE city = $1', [city, position]),
    connection.fixed(
      `INSERT INTO submission (city, position, kind, agent, received, corrects) VALUES ($1, $2, $3, $4, $5, $6)`,
      [city, position, kind, agent, received, corrects],
    ),
    connection.fixed(
      `INSERT INTO submission_file (city, position, path, sha256, size) SELECT $1, $2, path, sha256, size
        FROM jsonb_to_recordset($3::jsonb) AS f(path text, sha256 text, size bigint)`,
      [city, position, JSON.stringify(files)],
    ),
    connection.fixed(
      `INSERT INTO submission_area (city, position, area) SELECT $1, $2, area FROM unnest($3::text[]) AS area`,
      [city, position, areas],
    ),
  ]);
}

/** The files of a submission by path; records are a file too, so that the files alone can rebuild the database. */
function filesOf({ files, records }: Submission): readonly SubmittedFile[] {
  const all = [...files];
  if (records !== undefined)
    all.push({ path: recordsPath, bytes: Buffer.from(`${JSON.stringify(records)}\n`) });
  return all.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

function checkEnvelope(submission: Submission, areas: Limits['areas']): void {
  const { city, agent, received, kind, workspace, records, files, turn } = submission;
  if (turn !== undefined && turn.city !== city) throw new Error('a turn of another city');
  const wrong = (what: string, why: string, mend: string): Refused =>
    new Refused([recordError('', 'submission.envelope', what, why, mend)]);
  if (!/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(city) || city.length > 120)
    throw wrong(
      'the city id is not an id',
      'ids name rows and folders',
      'use lower-case letters, digits and single . _ -',
    );
  if (agent.trim() === '')
    throw wrong('the agent is empty', 'the log says who handed in what', 'name the agent');
  if (
    !/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(received) ||
    Number.isNaN(Date.parse(received))
  )
    throw wrong('the time of receipt is not a time', 'the log is dated', 'give ISO 8601 with a time zone');
  if ((kind === 'workspace') !== (workspace !== undefined) || (kind === 'record') !== (records !== undefined))
    throw wrong(
      'the kind does not fit what is handed in',
      'kind workspace has a workspace, kind record has records',
      'set kind to what is handed in',
    );
  if (workspace !== undefined && files.length === 0)
    throw wrong(
      'the workspace comes without its files',
      'the files are the truth: from them the database is rebuilt, and the workspace would be lost',
      'hand in the files that the workspace was read from',
    );
  if (workspace !== undefined && workspace.city.id !== city)
    throw wrong(
      `the workspace is ${workspace.city.id}'s`,
      'a log holds one city',
      'submit it to its own city',
    );
  if (workspace !== undefined && areas !== 'all')
    throw wrong(
      'a whole workspace needs every area',
      'what a snapshot leaves out is withdrawn, so it must see all',
      'submit records one by one, or let someone with every area load the workspace',
    );
  const paths = new Set(files.map(({ path }) => path));
  if (paths.size !== files.length || paths.has(recordsPath))
    throw wrong(
      'two files have one path',
      `a path names one file of a submission; ${recordsPath} is the store's own`,
      'give each file its own path',
    );
  const checked = recordsSchema.optional().safeParse(records);
  if (checked.success) return;
  throw new Refused(
    checked.error.issues
      .slice(0, 20)
      .map(({ path, message }) =>
        recordError(
          path.map(String).join('/'),
          'record.form',
          message,
          'a record has one form',
          'correct this place',
        ),
      ),
  );
}

function checkHead(head: number, basedOn: number | undefined): void {
  if (basedOn === undefined || basedOn === head) return;
  throw new Refused([
    recordError(
      '',
      'log.moved',
      `the log is at ${head}; this was worked out from ${basedOn}`,
      'what was checked against may have changed since',
      'read again and send again',
    ),
  ]);
}

function checkCorrected({ head, corrects }: Context): void {
  if (corrects === null || (Number.isInteger(corrects) && corrects >= 1 && corrects <= head)) return;
  throw new Refused([
    recordError(
      '',
      'submission.corrects',
      `there is no submission ${corrects} to correct`,
      `the log of this city ends at ${head}`,
      'name the position of the submission that is wrong',
    ),
  ]);
}

/** What a constraint of the schema says, for a person; null when the error is a fault and not a refusal. */
function findingsOf(error: unknown): readonly Finding[] | null {
  if (error instanceof Refused) return error.findings;
  if (error instanceof UnstorableText)
    return [
      recordError(
        '',
        'text.unstorable',
        error.message,
        'PostgreSQL text is Unicode without U+0000',
        'remove it',
      ),
    ];
  const refused = refusal(error);
  if (refused === null) return null;
  const rule = constraintRules.get(refused.constraint) ?? codeRules.get(refused.code);
  if (rule === undefined) return null;
  const [name, what, why, mend] = rule;
  return [recordError('', name, refused.detail === '' ? what : `${what}: ${refused.detail}`, why, mend)];
}

type Rule = readonly [name: string, what: string, why: string, mend: string];
const constraintRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [
    'event_step',
    [
      'case.step',
      'this step is not declared for the register',
      'a case moves only along declared steps',
      'take a declared step, or declare a new version of the register that has it',
    ],
  ],
  [
    'event_follows',
    [
      'case.order',
      'the event does not follow the last event of its case',
      'an event names the one before it by number and kind, in the same register',
      'read the case again and add the step after its last event',
    ],
  ],
  [
    'event_start',
    [
      'case.order',
      'a case starts with event 1, from nothing',
      'events are counted from 1',
      'number it from 1',
    ],
  ],
  [
    'event_pkey',
    [
      'case.taken',
      'two events have one number',
      'a case moves forward one event at a time',
      'send each event once',
    ],
  ],
  [
    'flow_item',
    ['flow.item', 'the item is not declared in this unit', 'an item has one unit', 'declare the item'],
  ],
  [
    'flow_holder',
    ['flow.holder', 'the holder is not declared', 'a quantity is always somewhere', 'declare the holder'],
  ],
  [
    'flow_event',
    ['flow.event', 'the event is not there', 'a flow names an event of its area', 'enter the event first'],
  ],
  [
    'flow_moves',
    ['flow.moves', 'it leaves and enters one holder', 'a flow moves something', 'correct a holder'],
  ],
  [
    'balance_covered',
    [
      'flow.uncovered',
      'a holder would go below zero',
      'no holder goes below zero',
      'enter what it received first',
    ],
  ],
  [
    'observation_pkey',
    [
      'record.duplicate',
      'two observations have one cell',
      'one cell has one value',
      'keep one; make the other a claim',
    ],
  ],
  [
    'statement_pkey',
    ['record.duplicate', 'two statements have one id', 'an id names one statement', 'give each its own ref'],
  ],
  [
    'definition_pkey',
    ['record.duplicate', 'two definitions have one id', 'an id names one thing', 'give each its own id'],
  ],
  ...['sensor_entity_pkey', 'sensed_day_pkey', 'sensed_change_pkey'].map((name): [string, Rule] => [
    name,
    [
      'sensor.taken',
      'two versions have one number',
      'versions follow each other',
      'read again and send again',
    ],
  ]),
  [
    'observation_missing',
    [
      'observation.missing',
      'a value and a missing status do not go together',
      'a value is present or missing, never both or neither',
      'leave out the value or give a status that says that there is one',
    ],
  ],
]);
const codeRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [
    '42501',
    [
      'scope.area',
      'this may not be written here',
      'the areas are limited to those of the sender',
      'send your own areas only',
    ],
  ],
]);
