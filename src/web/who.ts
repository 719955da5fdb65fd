/** In what standing a person acts. */
export const roles = [
  'reader',
  'reporter',
  'checker',
  'approver',
  'editor',
  'assessor',
  'publisher',
  'administrator',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

export function isRole(word: string): word is Role {
  return roles.some((role) => role === word);
}

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
  /** The roles held in the place that the address names. */
  readonly grants: readonly Grant[];
  /** Holds roles that count only once a second factor is set up; they are left out of `grants`. */
  readonly needsSecondFactor?: true;
  /** Label of the key when a program acts for the person. */
  readonly key?: string;
}

/** Whether a person holds one of the roles for an area and, where one is named, a department; a visitor holds none. */
export function holds(
  person: Person | null,
  wanted: readonly Role[],
  area: string,
  department?: string,
): boolean {
  return (
    person?.grants.some(
      (grant) =>
        wanted.includes(grant.role) &&
        (grant.area === '*' || grant.area === area) &&
        (department === undefined || grant.department === '*' || grant.department === department),
    ) === true
  );
}
