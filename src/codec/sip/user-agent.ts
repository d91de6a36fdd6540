/** A part of User-Agent or Server. RFC 3261 sections 20.35 and 20.41. */
export type Product =
  { readonly name: string; readonly version?: string } | { readonly comment: string };

/**
 * `Cisco-CP7960G/8.0 (spare)` taken apart. Products and comments are told from each other; what is
 * neither (phones write many things there) is a product of that name.
 */
export function parseProducts(text: string): readonly Product[] {
  const products: Product[] = [];
  for (let at = 0; at < text.length;) {
    if (text[at] === ' ' || text[at] === '\t') {
      at++;
      continue;
    }
    const end = text[at] === '(' ? commentEnd(text, at) : wordEnd(text, at);
    const part = text.slice(at, end);
    products.push(part.startsWith('(') ? { comment: commentText(part) } : product(part));
    at = end;
  }
  return products;
}

function product(part: string): Product {
  const slash = part.indexOf('/');
  if (slash < 0) return { name: part };
  return { name: part.slice(0, slash), version: part.slice(slash + 1) };
}

/** Comments hold comments; one that is not closed reaches to the end. */
function commentEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return text.length;
}

function commentText(part: string): string {
  const inner = part.slice(1, part.endsWith(')') ? -1 : undefined);
  return inner.replace(/\\([\s\S])/g, '$1');
}

function wordEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++)
    if (text[at] === ' ' || text[at] === '\t' || (text[at] === '(' && at > start)) return at;
  return text.length;
}
