import type { InferRequestType, InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

type Route = (typeof api.claims.simulate)['$post'];
export type SimulationRequest = InferRequestType<Route>['json'];
export type Simulation = InferResponseType<Route, 200>;
export type Simulated = NonNullable<Simulation['now']>;
export type Part = Simulated['parts'][number];

/** What is asked, as the form has it and the page's address keeps it. Amounts and percentages are wire texts. */
export interface Given {
  mode: 'loan' | 'made';
  loanId?: string;
  principal?: string;
  countedPrincipal?: string;
  policyCode?: string;
  unpaidPrincipal?: string;
  recovered?: string;
  occurredOn?: string;
  facts?: Record<string, unknown>;
  caps?: { used?: Record<string, string>; bases?: Record<string, string> };
  versionIds?: string[];
  /** values to try, by clause */
  tries?: Record<string, unknown>;
}

const LISTS = ['versionIds', 'facts.titles', 'facts.projectKinds'];
const YES_OR_NO = ['facts.guaranteed', 'facts.firstLoan', 'facts.firstTimeBorrower'];
const COUNTS = ['facts.termMonths'];
const TRY = 'try.';
/** What only bank or guarantor can say of a loan of the register; the rest is taken from its filing. */
export const STATED = ['firstTimeBorrower', 'creditShare', 'ipShare', 'size', 'projectKinds', 'agreed'];

/** What is asked as an address: `?loanId=3&unpaidPrincipal=2390000.00&facts.creditShare=50`. */
export function toSearch({ mode, tries = {}, ...rest }: Given): Record<string, string> {
  const flat: Record<string, string> = mode === 'made' ? { mode } : {};
  const put = (value: unknown, at: string): void => {
    if (value === undefined || value === null || value === '') return;
    if (Array.isArray(value)) {
      if (value.length > 0) flat[at] = value.join(',');
    } else if (typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) put(inner, at ? `${at}.${key}` : key);
    } else flat[at] = `${value}`.trim();
  };
  put(rest, '');
  for (const [clause, value] of Object.entries(tries)) flat[`${TRY}${clause}`] = JSON.stringify(value);
  return flat;
}

/** The same back from an address. */
export function fromSearch(search: URLSearchParams): Given {
  const given: Given = { mode: search.get('mode') === 'made' ? 'made' : 'loan' };
  for (const [key, text] of search) {
    if (key === 'mode') continue;
    if (key.startsWith(TRY)) given.tries = { ...given.tries, [key.slice(TRY.length)]: read(text) };
    else set(given as unknown as Record<string, unknown>, key.split('.'), wireAt(key, text));
  }
  return given;
}

function wireAt(key: string, text: string): unknown {
  if (LISTS.includes(key)) return text.split(',');
  if (YES_OR_NO.includes(key)) return text === 'true';
  return COUNTS.includes(key) ? Number(text) : text;
}

function set(target: Record<string, unknown>, [first = '', ...more]: string[], value: unknown): void {
  if (more.length === 0) target[first] = value;
  else {
    target[first] ??= {};
    set(target[first] as Record<string, unknown>, more, value);
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The question to the API, or null while something needed is missing. */
export function requestOf(given: Given): SimulationRequest | null {
  const { mode, loanId, principal, countedPrincipal, policyCode, unpaidPrincipal, recovered, occurredOn } = given;
  if (!unpaidPrincipal) return null;
  const facts = filled(given.facts ?? {});
  const tries = Object.entries(given.tries ?? {}).map(([clauseId, value]) => ({ clauseId, value }));
  const common = filled({ unpaidPrincipal, recovered, occurredOn, policyCode, versionIds: given.versionIds });
  const rest = { ...common, ...(tries.length > 0 ? { versions: tries } : {}), caps: capsOf(given) };
  if (mode === 'loan') {
    if (!loanId) return null;
    const stated = Object.fromEntries(Object.entries(facts).filter(([name]) => STATED.includes(name)));
    return { ...rest, loanId, facts: stated } as unknown as SimulationRequest;
  }
  if (!principal || !countedPrincipal || !policyCode) return null;
  return { ...rest, loan: { principal, countedPrincipal, facts } } as unknown as SimulationRequest;
}

function capsOf({ caps }: Given): { used?: object; bases?: object } {
  return { used: filled(caps?.used ?? {}), bases: filled(caps?.bases ?? {}) };
}

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** Without what was left empty, also within groups. */
function filled(of: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(of).flatMap(([name, value]) => {
      if (!isGiven(value)) return [];
      if (typeof value !== 'object' || Array.isArray(value)) return [[name, value]];
      const inner = filled(value as Record<string, unknown>);
      return Object.keys(inner).length > 0 ? [[name, inner]] : [];
    }),
  );
}

const FACTS = [
  ...['guaranteeMode', 'guaranteed', 'firstLoan', 'firstTimeBorrower', 'creditShare', 'ipShare'],
  ...['revenue', 'size', 'titles', 'termMonths', 'projectKinds', 'agreed'],
];

/** Where in the form a fault of the API lies: `loan.facts.creditShare`, `creditShare`, `agreed.bank`, `bases.lastYearBalance`. */
export function placeOf(field: string): string[] {
  const path = field.split('.');
  const [first = '', ...more] = path;
  if (first === 'loan') return placeOf(more.join('.'));
  if (FACTS.includes(first)) return ['facts', ...path];
  return first === 'used' || first === 'bases' ? ['caps', ...path] : path;
}
