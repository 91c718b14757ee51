import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { type Choice, usePools } from '../../parts/useChoices.ts';

/** Every book there is: the pools and the budgets of subsidies. */
export function useAllBooks(): { books: Choice[]; bookName(code: string): string } {
  const pools = usePools();
  const budgets = useAsk(['budgets', 'choices'], () => ask(api.budgets.$get({ query: {} })));
  const books = [...pools, ...(budgets.data?.items.map(({ code, name }) => ({ value: code, label: name })) ?? [])];
  return { books, bookName: (code) => books.find(({ value }) => value === code)?.label ?? code };
}
