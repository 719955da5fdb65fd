import { join, resolve } from 'node:path';
import { isRole } from '../../web/index.ts';
import type { Command } from '../command.ts';
import { openDoor } from '../door.ts';
import { exitCode } from '../exit.ts';
import { openStoreOf } from '../open-places.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity people [list]
modelcity people add EMAIL --role ROLE [--name NAME] [--city ID] [--area CODE] [--department ID]
modelcity people recover EMAIL [--drop-second-factor]

Invites people to the office and lets them back in. Prints a link that works once, for seven days; nobody is ever given
a password. With the embedded database the server must be stopped; its own pages do the same while it runs.

  --role          reader, reporter, checker, approver, editor, assessor, publisher, administrator or auditor
  --city, --area, --department   default: * (all)
  --url           address of the site as readers type it; default: MODELCITY_URL, else http://localhost:8321
  --workspace DIR whose database; default: .
`;

export const people: Command = async (args) => {
  const text = { type: 'string' } as const;
  const line = readLine(
    args,
    {
      role: text,
      name: text,
      city: text,
      area: text,
      department: text,
      url: text,
      'drop-second-factor': { type: 'boolean', default: false },
    },
    'own',
  );
  if (typeof line === 'string') return refuse('people', line);
  const { values, words } = line;
  if (values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const [verb = 'list', email] = words;
  const given = (name: string, otherwise: string): string => {
    const value = values[name];
    return typeof value === 'string' ? value : otherwise;
  };
  const role = given('role', '');
  if (!['list', 'add', 'recover'].includes(verb))
    return refuse('people', `there is no '${verb}'; see --help`);
  if (verb !== 'list' && (email === undefined || !/^[^\s@]+@[^\s@]+$/.test(email)))
    return refuse('people', `${verb} needs an e-mail address`);
  if (verb === 'add' && !isRole(role)) return refuse('people', `'${role}' is no role; see --help`);
  const root = resolve(given('workspace', '.'));
  const store = await openStoreOf(root, (each) => process.stderr.write(`${each}\n`));
  try {
    const address = given('url', process.env.MODELCITY_URL ?? 'http://localhost:8321');
    const door = openDoor({ store, home: join(root, '.modelcity'), address, now: () => new Date() });
    const everyone = await store.people.everyone();
    if (verb === 'list' || email === undefined) {
      const grants = await store.people.grants('*');
      for (const person of everyone) {
        const held = grants
          .filter((grant) => grant.person === person.id)
          .map((grant) => `${grant.role}(${grant.city}/${grant.area}/${grant.department})`);
        process.stdout.write(`${person.email}\t${person.name}\t${held.join(' ')}\n`);
      }
      return exitCode.done;
    }
    const known = everyone.find((person) => person.email === email.toLowerCase());
    if (verb === 'recover' && known === undefined) return refuse('people', `nobody is known as ${email}`);
    if (verb === 'add' && known !== undefined && isRole(role)) {
      await store.people.grant({
        city: given('city', '*'),
        id: `cli-${Date.now().toString(36)}`,
        person: known.id,
        role,
        area: given('area', '*'),
        department: given('department', '*'),
        givenBy: 'modelcity people',
        givenAt: new Date().toISOString(),
      });
      process.stdout.write(`${known.email} is ${role} now\n`);
      return exitCode.done;
    }
    const token = await door.invite({
      city: given('city', '*'),
      purpose: verb === 'add' ? 'join' : values['drop-second-factor'] === true ? 'recover-all' : 'recover',
      email,
      name: given('name', known?.name ?? email.split('@')[0] ?? email),
      grants: isRole(role) ? [{ role, area: given('area', '*'), department: given('department', '*') }] : [],
      by: 'modelcity people',
    });
    const url = `${door.baseUrl}/en/join/?token=${token}`;
    process.stdout.write(`${url}\n`);
    if (await door.mailLink(given('city', '*'), verb === 'add' ? 'join' : 'recover', email, url))
      process.stderr.write(`It goes to ${email} by mail too, as soon as a server runs.\n`);
    else process.stderr.write('No mail leaves this office: hand the link on yourself.\n');
    return exitCode.done;
  } finally {
    await store.close();
  }
};
