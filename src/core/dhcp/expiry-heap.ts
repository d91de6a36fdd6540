/** An address and when it becomes free. */
export type Expiry = { readonly at: number; readonly address: number };

/** The address that is free for the longest time comes first. */
export type ExpiryHeap = {
  readonly size: number;
  first(): Expiry | undefined;
  push(expiry: Expiry): void;
  /** Takes the first one away. */
  pop(): void;
  clear(): void;
};

export function createExpiryHeap(): ExpiryHeap {
  const items: Expiry[] = [];
  return {
    get size() {
      return items.length;
    },
    first: () => items[0],
    push(expiry) {
      items.push(expiry);
      rise(items, items.length - 1);
    },
    pop() {
      const last = items.pop();
      if (last === undefined || items.length === 0) return;
      items[0] = last;
      sink(items);
    },
    clear() {
      items.length = 0;
    },
  };
}

function isBefore(a: Expiry, b: Expiry): boolean {
  return a.at < b.at || (a.at === b.at && a.address < b.address);
}

function rise(items: Expiry[], from: number): void {
  const item = items[from];
  let at = from;
  while (item && at > 0) {
    const above = (at - 1) >> 1;
    const parent = items[above];
    if (!parent || !isBefore(item, parent)) break;
    items[at] = parent;
    items[above] = item;
    at = above;
  }
}

function sink(items: Expiry[]): void {
  const [item] = items;
  let at = 0;
  while (item) {
    const left = items[2 * at + 1];
    const right = items[2 * at + 2];
    const isRight = left !== undefined && right !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (!child || !isBefore(child, item)) break;
    const below = 2 * at + (isRight ? 2 : 1);
    items[at] = child;
    items[below] = item;
    at = below;
  }
}
