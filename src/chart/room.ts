/** A rectangle of a drawing, in px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The room that labels take: who comes first has it, so the important ones are asked for first. */
export class Room {
  readonly #taken: Box[] = [];

  /** Takes a box without asking, as a mark does that stands where its value is. */
  hold(box: Box): void {
    this.#taken.push(box);
  }

  /** Takes the first of some boxes that is free; its number, or −1. */
  take(boxes: readonly Box[]): number {
    const at = boxes.findIndex((box) => this.#taken.every((other) => !meet(box, other)));
    const box = boxes[at];
    if (box !== undefined) this.#taken.push(box);
    return at;
  }
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
