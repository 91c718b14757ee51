import { Descriptions, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useBooks } from '../../parts/useBooks.ts';
import { may, useMe } from '../../session.ts';
import { entryAt } from '../ledger/links.ts';
import { Comments } from './Comments.tsx';
import { Decision } from './Decision.tsx';
import { Identify } from './Identify.tsx';
import { Owner } from './Owner.tsx';
import { Pairs } from './Pairs.tsx';
import { Posted } from './Posted.tsx';
import { Resolve } from './Resolve.tsx';
import { useOptions } from './useOptions.ts';
import { ageTone, type Difference, factOf, isLive, KINDS, STATUSES } from './words.ts';

/** One difference: what it is, what may belong to it, how it is settled and by whom, and what was found out about it. */
export default function DifferencePage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['differences', id], () =>
    ask(api.differences[':id'].$get({ param: { id } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const [before, after] = factOf(data);
  const [label, tone] = STATUSES[data.status]!;
  return (
    <Page
      title={`${KINDS[data.kind]} ${data.occurredOn}`}
      trail={[{ title: '对账差异', to: '/differences' }]}
      sentence={
        <>
          <Toned tone={tone}>{label}</Toned>
          {before}
          <Money value={data.amount} />
          {after}
          {data.text && `：${data.text}`}。
        </>
      }
    >
      <Facts of={data} />
      <Pairs of={data} />
      <Settle of={data} />
      <Identify of={data} />
      <Posted of={data} />
      <Comments of={data} />
    </Page>
  );
}

/** How it is settled: proposed here, decided by another, or who does it. */
function Settle({ of: difference }: { of: Difference }) {
  const me = useMe();
  if (!isLive(difference)) return null;
  return (
    <section aria-label="处理">
      <h2>处理</h2>
      {difference.status !== 'open' && <Decision of={difference} />}
      {difference.status === 'open' && may(me, 'difference.resolve') && <Resolve of={difference} />}
      {difference.status === 'open' && !may(me, 'difference.resolve') && (
        <p className="hint-line">由财务处理，您可以查看。</p>
      )}
    </section>
  );
}

function Facts({ of: difference }: { of: Difference }) {
  const { bookName, bookAt } = useBooks();
  const { data: options } = useOptions(difference.id);
  const { poolCode, accountNo, age, kind, side, occurredOn } = difference;
  const reference = options?.reference;
  const bankLink = `/reconciliations?account=${accountNo}&period=${occurredOn.slice(0, 7)}`;
  const items = [
    [
      '账套',
      <Link key="" to={bookAt(poolCode)}>
        {bookName(poolCode)}
      </Link>,
    ],
    ['专户', accountNo],
    ['类别', KINDS[kind] ?? kind],
    [
      '账龄',
      <Toned key="" tone={isLive(difference) ? ageTone(age) : 'plain'}>
        {age} 天
      </Toned>,
    ],
    [
      '出处',
      side === 'ledger' && reference ? (
        <Link key="" to={entryAt(poolCode, reference)}>
          凭证第 {difference.seq} 号
        </Link>
      ) : (
        <Link key="" to={bankLink}>
          {occurredOn.slice(0, 7)} 对账
        </Link>
      ),
    ],
    ['经办人', <Owner key="" of={difference} />],
  ] as const;
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2, xl: 3 }}
      items={items.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}
