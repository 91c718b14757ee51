import type { Citation } from '../errors.ts';

/** What every page, PDF and answer says that rests on a figure the authority has not confirmed. */
export const PROVISIONAL = '示例参数，未经主管部门核实';

/**
 * Why a figure is what it is: its name and value as people read them, the articles this step rests on, and the steps
 * and facts it was computed from. Plain data, so that it can be stored and sent as JSON.
 */
export interface Explanation {
  label: string;
  value: string;
  cites: Citation[];
  inputs: Explanation[];
}

/** A leaf: a fact somebody stated (a loan's rate, a contribution), resting on no article. */
export function given(label: string, value: string): Explanation {
  return { label, value, cites: [], inputs: [] };
}

/** A step: a figure that follows from its inputs by the articles cited. */
export function derived(label: string, value: string, cites: Citation[], inputs: Explanation[] = []): Explanation {
  return { label, value, cites, inputs };
}

/** Every article a tree rests on, each once, the topmost first. */
export function citesOf(tree: Explanation): Citation[] {
  const found = new Map<string, Citation>();
  const visit = (node: Explanation): void => {
    for (const cite of node.cites) {
      const key = JSON.stringify([cite.document, cite.article, cite.source, cite.confirmed]);
      if (!found.has(key)) found.set(key, cite);
    }
    node.inputs.forEach(visit);
  };
  visit(tree);
  return [...found.values()];
}

/** Whether anything in a tree rests on an unconfirmed article: then its figure is shown with PROVISIONAL. */
export function isProvisional(tree: Explanation): boolean {
  return tree.cites.some((cite) => !cite.confirmed) || tree.inputs.some(isProvisional);
}
