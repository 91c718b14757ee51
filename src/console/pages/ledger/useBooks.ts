import { type Choice, usePools } from '../../parts/useChoices.ts';

/** The books the person may see (each pool has one), as choices and by name. */
export function useBooks(): { books: Choice[]; bookName(code: string): string } {
  const books = usePools();
  return { books, bookName: (code) => books.find(({ value }) => value === code)?.label ?? code };
}
