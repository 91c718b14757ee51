import { Table } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { Why } from '../../parts/Why.tsx';
import type { Preview } from './types.ts';

/** What a version would change: pools' headroom, waiting filings decided otherwise, enterprises over the cap, dates. */
export function PreviewResult({ preview }: { preview: Preview }) {
  const { on, before, after, note, pools, filings, enterprises, dates } = preview;
  return (
    <section className="preview" aria-label="预演结果">
      <p>
        {on}：<del>{before}</del> → <ins>{after}</ins>
      </p>
      <p>{sentenceOf(preview)}</p>
      {pools.length > 0 && (
        <Table<Preview['pools'][number]>
          size="small"
          rowKey="poolCode"
          pagination={false}
          dataSource={pools}
          columns={[
            { title: '资金池', dataIndex: 'poolName' },
            {
              title: '现可用额度',
              align: 'right',
              render: (_, p) => (
                <>
                  <Money value={p.before} />
                  <Why of={p.explanation.before} />
                </>
              ),
            },
            {
              title: '改后可用额度',
              align: 'right',
              render: (_, p) => (
                <>
                  <Money value={p.after} />
                  <Why of={p.explanation.after} />
                </>
              ),
            },
          ]}
        />
      )}
      {filings.items.length > 0 && (
        <Table<Preview['filings']['items'][number]>
          size="small"
          rowKey="id"
          pagination={false}
          scroll={{ y: 260 }}
          dataSource={filings.items}
          columns={[
            {
              title: '待审核备案',
              render: (_, f) => <Link to={`/filings/${f.id}`}>{`${f.enterpriseName} ${f.dueBillNo}`}</Link>,
            },
            { title: '现结论', width: 90, render: (_, f) => <StateTag state={f.before.verdict} /> },
            { title: '改后', width: 90, render: (_, f) => <StateTag state={f.after.verdict} /> },
            { title: '不符合之处', render: (_, f) => [...f.after.faults, ...f.before.faults].slice(0, 2).join('；') },
          ]}
        />
      )}
      {enterprises && enterprises.items.length > 0 && (
        <Table<NonNullable<Preview['enterprises']>['items'][number]>
          size="small"
          rowKey="uscc"
          pagination={false}
          scroll={{ y: 260 }}
          dataSource={enterprises.items}
          columns={[
            { title: '将超过上限的企业', render: (_, e) => <Link to={`/enterprises/${e.uscc}`}>{e.name}</Link> },
            { title: '备案余额', align: 'right', render: (_, e) => <Money value={e.counted} /> },
            { title: '现上限', align: 'right', render: (_, e) => <Money value={e.before} /> },
            { title: '改后上限', align: 'right', render: (_, e) => <Money value={e.after} /> },
          ]}
        />
      )}
      {dates.map(({ what, before: was, after: becomes }) => (
        <p key={what}>
          {what}：{was} → {becomes}
        </p>
      ))}
      <p className="hint-line">{note}</p>
    </section>
  );
}

function sentenceOf({ filings, enterprises }: Preview): string {
  const looked = `比较了 ${filings.looked} 笔待审核备案，${filings.changed === 0 ? '结论都不变' : `${filings.changed} 笔结论会改变`}`;
  const over =
    enterprises && `；备案余额超过上限的企业由 ${enterprises.over.before} 家变为 ${enterprises.over.after} 家`;
  return `${looked}${over ?? ''}。`;
}
