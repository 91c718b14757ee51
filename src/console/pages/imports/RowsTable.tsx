import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Space, Table, Typography } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Cell } from './Cell.tsx';
import type { Draft } from './correction.ts';
import type { Row, Rows } from './types.ts';

interface Props {
  id: string;
  only: 'faulty' | 'all';
  corrections: Draft;
  editable: boolean;
  onEdit(row: Row, field: string, text: string): void;
  onDrop(row: Row): void;
}

/** Goes to the row's next faulty cell, however far to the right it stands; from the last to the first again. */
function toNextFault(from: HTMLElement): void {
  const cells = [...(from.closest('tr')?.querySelectorAll<HTMLInputElement>('input[aria-invalid=true]') ?? [])];
  const at = Number(from.dataset.at ?? -1) + 1;
  from.dataset.at = `${at % Math.max(1, cells.length)}`;
  cells[at % cells.length]?.focus();
}

/** Rows on one page: so many cells are quickly drawn, whatever the file holds. */
const SIZE = 50;

/** The file's rows as it has them, each fault at its cell; a page at a time from the server. */
export function RowsTable({ id, only, corrections, editable, onEdit, onDrop }: Props) {
  const [back, setBack] = useState<string[]>([]);
  const cursor = back.at(-1);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['imports', id, 'rows', only, cursor],
    queryFn: () =>
      ask(
        api.imports[':id'].rows.$get({
          param: { id },
          query: { only, limit: `${SIZE}`, ...(cursor ? { cursor } : {}) },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const { headings = [], items = [], total = 0, nextCursor = null } = data ?? {};
  const cell = (field: string) => (_: unknown, row: Row) => (
    <Cell
      original={row.cells[field] ?? ''}
      corrected={corrections.rows[row.row]?.[field]}
      faults={row.errors.filter((fault) => fault.field === field)}
      editable={editable && !corrections.drop.includes(row.row)}
      onChange={(text) => onEdit(row, field, text)}
    />
  );
  return (
    <>
      <ProblemAlert error={error} retry={refetch} />
      <Table<Row>
        size="small"
        bordered
        className="rows"
        rowKey="row"
        dataSource={items}
        loading={isFetching && { delay: 300 }}
        pagination={false}
        locale={{ emptyText: isFetching ? ' ' : '没有这样的行' }}
        scroll={{ x: 'max-content' }}
        sticky={{ offsetHeader: 48, offsetScroll: 56 }}
        rowClassName={({ row, errors }) =>
          corrections.drop.includes(row) ? 'dropped' : errors.length > 0 ? 'faulty' : ''
        }
        columns={[
          {
            ...{ title: '行', key: 'row', width: 96, fixed: 'left' },
            render: (_, row) => (
              <>
                <span title={row.seq ? `序号 ${row.seq}` : undefined}>第 {row.row} 行</span>
                {editable && row.errors.length > 0 && (
                  <Button
                    type="link"
                    size="small"
                    danger
                    title="转到下一处问题"
                    onClick={({ currentTarget }) => toNextFault(currentTarget)}
                  >
                    {row.errors.length} 处
                  </Button>
                )}
                {editable && (
                  <Button type="link" size="small" onClick={() => onDrop(row)}>
                    {corrections.drop.includes(row.row) ? '恢复' : '不报'}
                  </Button>
                )}
              </>
            ),
          },
          ...(items.some((row) => elsewhere(row, headings).length > 0)
            ? [
                {
                  title: '整行问题',
                  key: 'errors',
                  width: 240,
                  render: (_: unknown, row: Row) => <Others row={row} headings={headings} />,
                },
              ]
            : []),
          ...inOrder(headings, only === 'faulty' ? items : []).map(({ field, title }) => ({
            title,
            key: field,
            render: cell(field),
          })),
        ]}
      />
      <div className="pager no-print">
        <Typography.Text type="secondary">
          {total > 0
            ? `第 ${back.length * SIZE + 1}–${back.length * SIZE + items.length} 行，共 ${total.toLocaleString('zh-CN')} 行`
            : ''}
        </Typography.Text>
        <Space>
          <Button size="small" disabled={back.length === 0} onClick={() => setBack(back.slice(0, -1))}>
            上一页
          </Button>
          <Button size="small" disabled={nextCursor === null} onClick={() => setBack([...back, nextCursor!])}>
            下一页
          </Button>
        </Space>
      </div>
    </>
  );
}

/** The identifying numbers, then the columns that have faults on this page, then the others as the file has them. */
function inOrder(headings: Rows['headings'], items: Row[]): Rows['headings'] {
  const faulty = new Set(items.flatMap(({ errors }) => errors.map(({ field }) => field)));
  if (faulty.size === 0) return headings;
  const rank = (field: string) => (IDENTITY.includes(field) ? 0 : faulty.has(field) ? 1 : 2);
  return [...headings].sort((a, b) => rank(a.field) - rank(b.field));
}
const IDENTITY = ['dueBillNo', 'uscc'];

/** Faults that lie in no column of the file. */
const elsewhere = ({ errors }: Row, headings: Rows['headings']) =>
  errors.filter(({ field }) => !headings.some((heading) => heading.field === field));

function Others({ row, headings }: { row: Row; headings: Rows['headings'] }) {
  return elsewhere(row, headings).map(({ code, message, cites }) => (
    <div key={`${code}${message}`} className="cell-fault">
      {message}
      <Cites cites={cites ?? []} />
    </div>
  ));
}
