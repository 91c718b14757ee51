import { api, ask } from '../api.ts';
import { useAsk } from './useAsk.ts';

/** The names of institutions by their codes; a code nobody has stays as it is (a bank account's number, for one). */
export function useNames(): (code: string) => string {
  const { data } = useAsk(['institutions', 'names'], () => ask(api.institutions.$get({ query: { limit: '500' } })));
  const names = new Map(data?.items.map(({ code, name }) => [code, name]));
  return (code) => names.get(code) ?? code;
}
