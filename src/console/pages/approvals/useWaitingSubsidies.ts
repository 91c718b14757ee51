import { useQueries } from '@tanstack/react-query';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

const ALL = '500';

export type WaitingSubsidies = Pick<
  ReturnType<typeof useWaitingSubsidies>,
  'batches' | 'supplements' | 'clawbacks' | 'changes'
>;

/** What of the subsidies waits for a second person; `error` of whichever could not be asked. */
export function useWaitingSubsidies() {
  const batches = useAsk(['subsidy-batches'], () => ask(api['subsidy-batches'].$get({ query: {} })));
  const proposed = useAsk(['subsidy-clawbacks', 'proposed'], () =>
    ask(api['subsidy-clawbacks'].$get({ query: { status: 'proposed', limit: ALL, sort: 'id' } })),
  );
  const ordered = useAsk(['subsidy-clawbacks', 'ordered'], () =>
    ask(api['subsidy-clawbacks'].$get({ query: { status: 'ordered', limit: ALL, sort: 'id' } })),
  );
  const changes = useAsk(['budgets', 'changes', 'proposed'], () => ask(api['budget-changes'].$get()));
  const shared = (batches.data?.items ?? []).filter(({ status }) => status === 'approved' || status === 'ordered');
  const supplements = useQueries({
    queries: shared.map(({ id }) => ({
      queryKey: ['subsidy-supplements', id],
      queryFn: () => ask(api['subsidy-batches'][':id'].supplements.$get({ param: { id } })),
    })),
  });
  const items = [
    ...(proposed.data?.items ?? []),
    ...(ordered.data?.items ?? []).filter(({ cancelling }) => cancelling),
  ];
  const clawbacks = useQueries({
    queries: items.map(({ id }) => ({
      queryKey: ['subsidy-clawbacks', id],
      queryFn: () => ask(api['subsidy-clawbacks'][':id'].$get({ param: { id } })),
    })),
  });
  const found = {
    batches: (batches.data?.items ?? []).filter(({ status }) => status === 'allocated'),
    supplements: supplements.flatMap(({ data }) => data?.items ?? []).filter(({ status }) => status === 'proposed'),
    clawbacks: clawbacks.flatMap(({ data }) => data ?? []),
    changes: changes.data?.items ?? [],
  };
  const questions = [batches, proposed, ordered, changes, ...supplements, ...clawbacks];
  return {
    ...found,
    count: Object.values(found).reduce((total, { length }) => total + length, 0),
    ready: questions.every(({ data }) => data !== undefined),
    error: questions.find(({ error }) => error)?.error,
  };
}
