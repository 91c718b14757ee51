import { Alert, Button, Descriptions, Table } from 'antd';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import type { Statement } from './types.ts';

type Section = Statement['sections'][number];
type Row = { key: string; section?: Section; line?: Section['lines'][number]; children?: Row[] };

/** 年度报表 of the pool or a contributor: the year's figures, balances with their movements, month by month, and the notes. */
export function AnnualStatement({ of: statement }: { of: Statement }) {
  const { figures, ratios, notes, documentId, partyName, year } = statement;
  return (
    <section aria-label={`${partyName} ${year} 年度报表`}>
      {documentId && (
        <div className="table-bar no-print">
          <Button href={`/api/v1/documents/${documentId}/pdf`} target="_blank">
            年度报表 PDF
          </Button>
        </div>
      )}
      {notes.map(({ kind, text, belongsTo }) => (
        <Alert
          key={`${kind}${belongsTo}${text}`}
          type="info"
          title={belongsTo ? `${kind === 'adjustment' ? `补记 ${belongsTo}` : belongsTo}：${text}` : text}
        />
      ))}
      <section className="figures act" aria-label="全年要项">
        {figures.map(({ name, amount }) => (
          <div key={name}>
            <div className="hint">{name}</div>
            <span className="big">
              <Money value={amount} withUnit />
            </span>
          </div>
        ))}
      </section>
      <h2>全年增减</h2>
      <Balances sections={statement.sections} />
      <h2>各月末余额</h2>
      <Months of={statement} />
      {ratios.length > 0 && (
        <>
          <h2>指标</h2>
          <Descriptions
            bordered
            size="small"
            column={{ xs: 1, md: 2 }}
            items={ratios.map(({ name, value, note, explanation }) => ({
              ...{ key: name, label: name },
              children: (
                <>
                  {value} <Why of={explanation as Explanation} title={name} />{' '}
                  {note && <span className="hint">{note}</span>}
                </>
              ),
            }))}
          />
        </>
      )}
      {statement.carried.length > 0 && <Carried of={statement} />}
    </section>
  );
}

function Balances({ sections }: { sections: Section[] }) {
  const rows = sections.map((section): Row => {
    const children = section.lines.map((line) => ({ key: `${section.name}/${line.name}`, line }));
    return { key: section.name, section, ...(children.length > 0 ? { children } : {}) };
  });
  return (
    <Table<Row>
      size="small"
      rowKey="key"
      pagination={false}
      dataSource={rows}
      expandable={{ defaultExpandAllRows: true }}
      rowClassName={({ section }) => (section ? 'sum-row' : '')}
      columns={[
        {
          title: '项目',
          render: (_, { section, line }) => (
            <>
              {section?.name ?? line?.name}
              {line && <Cites cites={line.cites} />}
            </>
          ),
        },
        { title: '年初', align: 'right', render: (_, { section }) => section && <Money value={section.opening} /> },
        {
          ...{ title: '＋ 全年增减', align: 'right' },
          render: (_, { section, line }) => <Money value={section?.movements ?? line?.amount} />,
        },
        {
          ...{ title: '＝ 年末', align: 'right', className: 'nowrap' },
          render: (_, { section }) =>
            section && (
              <>
                <Why of={section.explanation as Explanation} title={`${section.name}年末`} />
                <Money value={section.closing} />
              </>
            ),
        },
      ]}
    />
  );
}

function Months({ of: { months, monthNames } }: { of: Statement }) {
  return (
    <Table<Statement['months'][number]>
      size="small"
      rowKey="period"
      pagination={false}
      dataSource={months}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '月份', dataIndex: 'period', fixed: 'left' },
        ...monthNames.map((title, i) => ({
          ...{ title, key: title, align: 'right' as const },
          render: (_: unknown, { amounts }: Statement['months'][number]) => <Money value={amounts[i]} />,
        })),
      ]}
    />
  );
}

function Carried({ of: { carried } }: { of: Statement }) {
  return (
    <>
      <h2>结转下年的余额</h2>
      <Table<Statement['carried'][number]>
        size="small"
        rowKey={({ code, owner }) => `${code}${owner}`}
        pagination={carried.length > 50 && { pageSize: 50 }}
        dataSource={carried}
        columns={[
          { title: '会计科目', render: (_, { code, name }) => `${code} ${name}` },
          { title: '明细', dataIndex: 'owner' },
          { title: '余额', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
        ]}
      />
    </>
  );
}
