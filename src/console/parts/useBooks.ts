import { api, ask } from '../api.ts';
import { may, useMe } from '../session.ts';
import { useAsk } from './useAsk.ts';
import { type Choice, usePools } from './useChoices.ts';

/** 账套: the pools and the budgets of subsidies that the person may see, as choices, their names by their codes, and their pages. */
export function useBooks(): { books: Choice[]; bookName(code: string): string; bookAt(code: string): string } {
  const pools = usePools();
  const enabled = may(useMe(), 'budget.read');
  const budgets = useAsk(['budgets', 'choices'], () => ask(api.budgets.$get({ query: {} })), { enabled });
  const books = [...pools, ...(budgets.data?.items.map(({ code, name }) => ({ value: code, label: name })) ?? [])];
  const asked = pools.length > 0 && !(enabled && budgets.isPending);
  return {
    books,
    bookName: (code) => books.find(({ value }) => value === code)?.label ?? (asked ? code : '—'),
    bookAt: (code) => (budgets.data?.items.some((budget) => budget.code === code) ? '/budgets' : `/pools/${code}`),
  };
}
