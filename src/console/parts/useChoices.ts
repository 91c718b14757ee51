import { api, ask } from '../api.ts';
import { may, useMe } from '../session.ts';
import { useAsk } from './useAsk.ts';

export interface Choice {
  value: string;
  label: string;
}

/** The pools the person may see, as choices of a filter or a form; an enterprise knows them by their programmes. */
export function usePools(): Choice[] {
  const enabled = may(useMe(), 'pool.read');
  const pools = useAsk(['pools', 'choices'], () => ask(api.pools.$get({ query: {} })), { enabled });
  const own = useAsk(['eligibility', 'own'], () => ask(api.eligibility.$get({ query: {} })), { enabled: !enabled });
  if (!enabled)
    return own.data?.programmes.map(({ poolCode, poolName }) => ({ value: poolCode, label: poolName })) ?? [];
  return pools.data?.items.map(({ code, name }) => ({ value: code, label: name })) ?? [];
}

/** A pool's name by its code, wherever an answer has only the code. */
export function usePoolName(): (code: string | null) => string {
  const pools = usePools();
  return (code) => pools.find(({ value }) => value === code)?.label ?? (pools.length > 0 ? code : null) ?? '—';
}

/** The cooperating banks, for those who see more than one. */
export function useBanks(): Choice[] {
  const enabled = useMe().role !== 'bank';
  const question = () => ask(api.institutions.$get({ query: { kind: 'partnerBank', limit: '500' } }));
  const { data } = useAsk(['institutions', 'banks'], question, { enabled });
  return enabled ? (data?.items.map(({ code, name }) => ({ value: code, label: name })) ?? []) : [];
}

/** The filters by pool and bank, each only where there is something to choose. */
export function usePlaceFilters() {
  const [pools, banks] = [usePools(), useBanks()];
  return [
    ...(pools.length > 1 ? [{ name: 'poolCode', label: '资金池', kind: 'select' as const, options: pools }] : []),
    ...(banks.length > 1
      ? [{ name: 'bankCode', label: '合作银行', kind: 'select' as const, options: banks, width: 160 }]
      : []),
  ];
}
