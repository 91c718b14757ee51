import { Alert, Table } from 'antd';
import { Link } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useNames } from '../../parts/useNames.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { entryAt } from '../ledger/links.ts';
import type { Contribution, ContributionList } from './board.ts';
import { ReverseContribution } from './ReverseContribution.tsx';

type Match = ContributionList['match']['owed'][number];

/** 出资 one by one, what match each made owed and how much of it has come; a mistaken one is reversed by somebody else. */
export function Contributions({ code }: { code: string }) {
  const me = useMe();
  const nameOf = useNames();
  const { data, error, refetch } = useAsk(['pools', code, 'contributions'], () =>
    ask(api.pools[':id'].contributions.$get({ param: { id: code }, query: { limit: '500' } })),
  );
  const matches = new Map(data?.match.owed.map((match) => [match.contributionId, match]));
  const books = may(me, 'ledger.read');
  const reverses = may(me, 'ledger.reverse');
  return (
    <section id="contributions">
      <h2>出资与配套</h2>
      <ProblemAlert error={error} retry={refetch} />
      {data && data.match.advance !== '0.00' && (
        <Alert
          type="info"
          title={
            <>
              配套单位多到账 <Money value={data.match.advance} withUnit />
              ，留作以后的配套
            </>
          }
        />
      )}
      <Table<Contribution>
        size="small"
        rowKey="id"
        pagination={false}
        loading={!data && !error}
        dataSource={data?.items ?? []}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有出资到账' }}
        columns={[
          { title: '到账日期', dataIndex: 'receivedOn' },
          { title: '出资方', render: (_, { contributor }) => nameOf(contributor) },
          {
            title: '金额',
            align: 'right',
            render: (_, { id, poolCode, amount }) =>
              books ? (
                <Link to={entryAt(poolCode, `contribution:${id}`)}>
                  <Money value={amount} />
                </Link>
              ) : (
                <Money value={amount} />
              ),
          },
          {
            title: '回单号',
            render: (_, { receiptNo, accountNo }) => <span title={`到账账号 ${accountNo}`}>{receiptNo}</span>,
          },
          {
            title: '应配套',
            align: 'right',
            render: (_, row) =>
              row.matchOwed && (
                <>
                  <Money value={row.matchOwed} />
                  <Why of={owedOf(row)} />
                </>
              ),
          },
          { title: '配套到账', render: (_, { id }) => <MatchState of={matches.get(id)} /> },
          {
            title: '',
            key: 'act',
            className: 'no-print',
            render: (_, row) => <Standing of={row} reverses={reverses} />,
          },
        ]}
      />
    </section>
  );
}

const yuan = (wire: string): string => `${formatYuan(money(wire))} 元`;

const owedOf = ({ matchOwed, amount, matchDueOn, cites }: Contribution): Explanation => ({
  label: '应配套金额',
  value: yuan(matchOwed!),
  cites,
  inputs: [
    { label: '合作单位本次出资', value: yuan(amount) },
    { label: '配套到期日', value: matchDueOn ?? '—', cites },
  ],
});

function MatchState({ of: match }: { of: Match | undefined }) {
  if (!match) return null;
  if (match.outstanding === '0.00') return <Toned tone="within">已到齐</Toned>;
  return (
    <>
      <div>
        <Toned tone={match.overdue ? 'past' : 'near'}>
          {match.overdue ? `已逾期，应于 ${match.dueOn}` : `${match.dueOn} 前`}
        </Toned>
      </div>
      <div className="left">
        尚缺 <Money value={match.outstanding} withUnit />
      </div>
    </>
  );
}

function Standing({ of: row, reverses }: { of: Contribution; reverses: boolean }) {
  const { id, poolCode, reversedOn } = row;
  if (reversedOn) return <Link to={entryAt(poolCode, `contribution:${id}:reversal`)}>已于 {reversedOn} 冲销</Link>;
  return reverses ? <ReverseContribution of={row} /> : null;
}
