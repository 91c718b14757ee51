import { Alert, Descriptions, Empty, Skeleton, Table, Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { clock } from '../../parts/times.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useNames } from '../../parts/useNames.ts';
import { may, useMe } from '../../session.ts';
import { Backing } from './Backing.tsx';
import type { Entry } from './entry.ts';
import { entriesOf, entryAt, KINDS } from './links.ts';
import { useBooks } from './useBooks.ts';

/** One 记账凭证: its lines, what it rests on, the paper behind it, and its place in the chain. */
export default function EntryPage() {
  const { book = '', reference = '' } = useParams();
  const { data, error, refetch } = useAsk(['ledger', book, reference], () =>
    ask(api.ledger.entries.$get({ query: { poolCode: book, reference } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const entry = data.items[0];
  const trail = [{ title: '记账凭证', to: '/ledger' }];
  if (!entry)
    return (
      <Page title="没有这张凭证" trail={trail}>
        <Empty description={`账套 ${book} 中没有业务唯一号为 ${reference} 的凭证`} />
      </Page>
    );
  return (
    <Page title={`凭证第 ${entry.seq} 号`} trail={trail}>
      {entry.reversedBy && (
        <Alert
          type="warning"
          showIcon
          title={
            <>
              此凭证已被红字冲销，见<Link to={entryAt(book, entry.reversedBy)}>冲销凭证</Link>
            </>
          }
        />
      )}
      <Head entry={entry} />
      <h2>分录</h2>
      <LinesTable entry={entry} />
      <h2>依据与单据</h2>
      <Backing entry={entry} />
      <h2>账簿链</h2>
      <Typography.Paragraph>
        <code className="hash">{entry.hash}</code>
        <br />
        本账套第 {entry.seq} 张凭证的散列值，由前一张凭证的散列值与本凭证内容算得，改动任何一张都会被
        <Link to={`/ledger/verify?poolCode=${book}`}>核验</Link>发现。
      </Typography.Paragraph>
    </Page>
  );
}

function Head({ entry }: { entry: Entry }) {
  const me = useMe();
  const { bookName } = useBooks();
  const { poolCode, occurredOn, recordedAt, kind, memo, belongsTo, reverses, reference, actor } = entry;
  const who = entry.actorName ?? '系统';
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 3 }}
      items={[
        {
          key: 'book',
          label: '账套',
          children: <Link to={`/pools/${poolCode}`}>{bookName(poolCode)}</Link>,
        },
        { key: 'on', label: '发生日期', children: occurredOn },
        { key: 'at', label: '登记时间', children: clock(recordedAt) },
        { key: 'kind', label: '类别', children: KINDS[kind] ?? kind },
        { key: 'memo', label: '摘要', children: memo || '—' },
        { key: 'month', label: '所属月份', children: belongsTo ? `补记 ${belongsTo}` : occurredOn.slice(0, 7) },
        { key: 'reference', label: '业务唯一号', children: <span className="hash">{reference}</span> },
        {
          key: 'actor',
          label: '经办',
          children: may(me, 'audit.read') ? <Link to={`/audit?actor=${actor}`}>{who}</Link> : who,
        },
        {
          key: 'reverses',
          label: '冲销',
          children: reverses ? <Link to={entryAt(poolCode, reverses)}>所冲销的凭证</Link> : '—',
        },
      ]}
    />
  );
}

function LinesTable({ entry }: { entry: Entry }) {
  const nameOf = useNames();
  const side = (which: 'debit' | 'credit') => (line: Entry['lines'][number]) =>
    line.side === which ? <Money value={line.amount} /> : null;
  return (
    <Table
      size="small"
      rowKey="lineNo"
      pagination={false}
      dataSource={entry.lines}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: '会计科目',
          render: (_, { code, name, key }) => (
            <Link to={entriesOf({ poolCode: entry.poolCode, account: code, key })}>
              {code} {name}
            </Link>
          ),
        },
        { title: '明细', render: (_, { key }) => nameOf(key) },
        { title: '表内外', render: (_, { offBalance }) => (offBalance ? '表外' : '表内') },
        {
          title: '借据号',
          render: (_, { subject }) => subject && <Link to={`/loans?q=${encodeURIComponent(subject)}`}>{subject}</Link>,
        },
        { title: '借方', align: 'right', render: (_, line) => side('debit')(line) },
        { title: '贷方', align: 'right', render: (_, line) => side('credit')(line) },
      ]}
    />
  );
}
