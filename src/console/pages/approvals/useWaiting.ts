import type { InferResponseType } from 'hono/client';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useClosing } from './useClosing.ts';

export type ProposalItem = InferResponseType<(typeof api)['claim-proposals']['$get'], 200>['items'][number];
export type RevocationItem = InferResponseType<typeof api.revocations.$get, 200>['items'][number];

const ALL = '500';

/** Everything that waits for a second person, of whatever kind; `error` of whichever could not be asked. */
export function useWaiting() {
  const claims = useAsk(['claims', 'approved'], () =>
    ask(api.claims.$get({ query: { status: 'approved', limit: ALL } })),
  );
  const proposals = useAsk(['claim-proposals', 'open'], () =>
    ask(api['claim-proposals'].$get({ query: { status: 'proposed', limit: ALL, sort: 'id' } })),
  );
  const payouts = useAsk(['payouts', 'open'], () =>
    ask(api.payouts.$get({ query: { status: 'proposed', limit: ALL, sort: 'id' } })),
  );
  const orders = useAsk(['capital-orders'], () => ask(api['capital-orders'].$get()));
  const suspensions = useAsk(['suspensions', 'standing'], () =>
    ask(api.suspensions.$get({ query: { status: 'active', level: 'suspend', limit: ALL } })),
  );
  const revocations = useAsk(['revocations'], () => ask(api.revocations.$get()));
  const versions = useAsk(['policies', 'proposed'], () =>
    ask(api['policy-versions'].$get({ query: { status: 'proposed', limit: ALL } })),
  );
  const closing = useClosing();
  const questions = [claims, proposals, payouts, orders, suspensions, revocations, versions, ...closing.questions];
  const lifts = (suspensions.data?.items ?? []).flatMap((of) => {
    const lift = of.lifts.find(({ status }) => status === 'proposed');
    return lift ? [{ of, lift }] : [];
  });
  const found = {
    ...{ claims: claims.data?.items ?? [], proposals: proposals.data?.items ?? [], payouts: payouts.data?.items ?? [] },
    ...{ orders: orders.data?.items ?? [], lifts, revocations: revocations.data?.items ?? [] },
    versions: versions.data?.items ?? [],
  };
  return {
    ...found,
    closing: closing.found,
    count: [...Object.values(found), ...Object.values(closing.found)].reduce((total, { length }) => total + length, 0),
    ready: questions.every(({ data }) => data !== undefined),
    error: questions.find(({ error }) => error)?.error,
    retry: () => {
      for (const { error, refetch } of questions) if (error) void refetch();
    },
  };
}
