import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';

const ALL = '500';

/** What waits for a second person of differences, reconciled months and closings. */
export function useClosing() {
  const { today } = useMe();
  const year = today.slice(0, 4);
  const years = [`${Number(year) - 1}`, year];
  const differences = useAsk(['differences', 'proposed', 'all'], () =>
    ask(api.differences.$get({ query: { status: 'proposed', limit: ALL } })),
  );
  const suspense = useAsk(['differences', 'suspense'], () =>
    ask(api.differences.$get({ query: { status: 'resolved', kind: 'unknownReceipt', limit: ALL, sort: '-id' } })),
  );
  const runs = useAsk(['reconciliations', 'open'], () =>
    ask(api.reconciliations.$get({ query: { status: 'open', limit: ALL, sort: 'period' } })),
  );
  // December is confirmed in January.
  const months = useAsk(['reconciliation-months', 'both', year], async () => {
    const answers = await Promise.all(
      years.map((of) => ask(api['reconciliation-months'].$get({ query: { year: of } }))),
    );
    return answers.flatMap(({ items }) => items.flatMap((account) => account.months));
  });
  const closings = useAsk(['closing', 'proposed'], () =>
    ask(api.closings.$get({ query: { status: 'proposed', limit: ALL, sort: 'period' } })),
  );
  const yearClosings = useAsk(['closing', 'years', 'proposed'], () =>
    ask(api['year-closings'].$get({ query: { status: 'proposed', limit: ALL } })),
  );
  const ready = new Set(months.data?.filter(({ state }) => state === 'toConfirm').map(({ runId }) => runId));
  return {
    found: {
      differences: differences.data?.items ?? [],
      identified: (suspense.data?.items ?? []).filter(({ identified }) => identified && !identified.confirmedOn),
      runs: (runs.data?.items ?? []).filter(({ id }) => ready.has(id)),
      ...{ closings: closings.data?.items ?? [], yearClosings: yearClosings.data?.items ?? [] },
    },
    questions: [differences, suspense, runs, months, closings, yearClosings],
  };
}
