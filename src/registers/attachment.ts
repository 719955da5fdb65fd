/** An attached file: kept encrypted with the key of the case. */
export interface Attachment {
  readonly field: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where an attached file stands among the files of its submission. */
export function attachmentPath(stream: string, seq: number, field: string, name: string): string {
  return `files/${stream}/${seq}/${field}/${name}`;
}
