/** In what standing a person acts. */
export type Role =
  | 'reader'
  | 'reporter'
  | 'checker'
  | 'approver'
  | 'editor'
  | 'assessor'
  | 'publisher'
  | 'administrator'
  | 'auditor';

/** A role held for one area and, where it is narrower, one department; `*` stands for all. */
export interface Grant {
  readonly role: Role;
  readonly area: string;
  readonly department: string;
}

/** Someone who has signed in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

/** Whether a person holds one of the roles for an area; a visitor holds none. */
export function holds(person: Person | null, roles: readonly Role[], area: string): boolean {
  return (
    person?.grants.some(
      (grant) => roles.includes(grant.role) && (grant.area === '*' || grant.area === area),
    ) === true
  );
}
