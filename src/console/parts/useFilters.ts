import { useSearchParams } from 'react-router';

/** What a page is narrowed to, kept in its address: `const [{ asOf }, change] = useFilters('asOf', 'poolCode')`. */
export function useFilters<N extends string>(
  ...names: N[]
): [Partial<Record<N, string>>, (next: Record<string, string | undefined>) => void] {
  const [search, setSearch] = useSearchParams();
  const values = Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])));
  const change = (next: Record<string, string | undefined>) => {
    const changed = new URLSearchParams(search);
    for (const [name, value] of Object.entries(next)) value ? changed.set(name, value) : changed.delete(name);
    setSearch(changed, { replace: true });
  };
  return [values as Partial<Record<N, string>>, change];
}
