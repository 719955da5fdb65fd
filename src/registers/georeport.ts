import type { Field, Localized, RegisterDeclaration } from '../model/index.ts';
import type { Case } from './case.ts';
import { readPoint } from './geometry.ts';

/**
 * Open311 GeoReport v2 (frozen text of open311.org) over a register whose `services` names a field with choices: each
 * choice is a service, a case is a service request.
 */
export interface Service {
  readonly service_code: string;
  readonly service_name: string;
  readonly description: string;
  readonly metadata: boolean;
  readonly type: 'realtime';
  readonly keywords: string;
  readonly group: string;
}

export interface ServiceAttribute {
  readonly variable: boolean;
  readonly code: string;
  readonly datatype: 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';
  readonly required: boolean;
  readonly datatype_description: string;
  readonly order: number;
  readonly description: string;
  readonly values?: readonly { readonly key: string; readonly name: string }[];
}

export interface ServiceRequest {
  readonly service_request_id: string;
  readonly status: 'open' | 'closed';
  readonly status_notes?: string;
  readonly service_name: string;
  readonly service_code: string;
  readonly description?: string;
  readonly agency_responsible?: string;
  readonly requested_datetime: string;
  readonly updated_datetime: string;
  readonly expected_datetime?: string;
  readonly address?: string;
  readonly lat?: number;
  readonly long?: number;
  readonly media_url?: string;
}

/** Fields of the filing form that GeoReport itself has a name for. */
const ownFields = new Set([
  'description',
  'location',
  'address',
  'email',
  'phone',
  'first_name',
  'last_name',
]);

function firstForm({ forms, steps }: RegisterDeclaration): readonly Field[] {
  const start = steps.find(({ after }) => after.length === 0);
  return forms.find(({ id }) => id === start?.form)?.fields ?? [];
}

function attributeFields(declaration: RegisterDeclaration): readonly Field[] {
  return firstForm(declaration).filter(
    ({ id, personal, type }) =>
      id !== declaration.services && !ownFields.has(id) && !personal && type !== 'photo' && type !== 'file',
  );
}

/** What one can ask the city for. */
export function services(declaration: RegisterDeclaration, language: 'en' | 'zh'): readonly Service[] {
  const field = firstForm(declaration).find(({ id }) => id === declaration.services);
  return (field?.choices ?? []).map(({ id, name, description }) => ({
    service_code: id,
    service_name: name[language],
    description: (description ?? name)[language],
    metadata: attributeFields(declaration).length > 0,
    type: 'realtime',
    keywords: '',
    group: declaration.name[language],
  }));
}

/** The attributes of a service, or null when there is no such service. */
export function serviceDefinition(
  declaration: RegisterDeclaration,
  code: string,
  language: 'en' | 'zh',
): readonly ServiceAttribute[] | null {
  if (!services(declaration, language).some(({ service_code }) => service_code === code)) return null;
  return attributeFields(declaration).map((field, at) => ({
    variable: true,
    code: field.id,
    datatype: datatypes[field.type] ?? 'string',
    required: field.required,
    datatype_description: (field.hint ?? field.name)[language],
    order: at + 1,
    description: field.name[language],
    ...valuesOf(field, language),
  }));
}

/** The values of a list; GeoReport has no type for yes and no, so that is a list of the two. */
function valuesOf({ type, choices }: Field, language: 'en' | 'zh'): Pick<ServiceAttribute, 'values'> {
  if (choices !== undefined)
    return { values: choices.map(({ id, name }) => ({ key: id, name: name[language] })) };
  if (type !== 'yes-no') return {};
  const [yes, no] = language === 'zh' ? ['是', '否'] : ['Yes', 'No'];
  return {
    values: [
      { key: 'yes', name: yes },
      { key: 'no', name: no },
    ],
  };
}

const datatypes: Partial<Record<Field['type'], ServiceAttribute['datatype']>> = {
  choice: 'singlevaluelist',
  choices: 'multivaluelist',
  'yes-no': 'singlevaluelist',
  number: 'number',
  integer: 'number',
  year: 'number',
  date: 'datetime',
  moment: 'datetime',
  'long-text': 'text',
};

/** The number by which the public knows a case: `2026-000123`. */
export function requestId({ number }: Case): string {
  return number;
}

/** A case as a service request, of the texts that anyone may see. Empty optional fields are left out. */
export function serviceRequest(
  declaration: RegisterDeclaration,
  each: Case,
  texts: Readonly<Record<string, string>>,
  language: 'en' | 'zh',
  mediaUrl?: string,
): ServiceRequest {
  const text = (id: string): string | undefined => (texts[id] === '' ? undefined : texts[id]);
  const code = each.values[declaration.services ?? ''] ?? '';
  const name =
    services(declaration, language).find(({ service_code }) => service_code === code)?.service_name ?? code;
  const point = readPoint(text('location') ?? '');
  const [first] = each.steps;
  const last = each.steps.at(-1);
  const step = declaration.steps.find(({ kind }) => kind === each.at);
  const open = each.deadlines.find(({ done }) => done === null);
  const optional = {
    status_notes: text('answer') ?? stateNote(step?.name, language),
    description: text('description'),
    agency_responsible: text('department'),
    expected_datetime: each.state === 'open' ? open?.due : undefined,
    address: text('address'),
    lat: point === null ? undefined : Number(point.latitude),
    long: point === null ? undefined : Number(point.longitude),
    media_url: mediaUrl,
  };
  return {
    service_request_id: requestId(each),
    status: each.state,
    service_name: name,
    service_code: code,
    requested_datetime: first?.occurred ?? '',
    updated_datetime: last?.occurred ?? '',
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

function stateNote(name: Localized | undefined, language: 'en' | 'zh'): string | undefined {
  return name?.[language];
}
