import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Empty, Select, Space, Table, type TableProps, Typography } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { send } from '../api.ts';
import { type Filter, FilterBar } from './FilterBar.tsx';
import { ProblemAlert } from './Problem.tsx';
import { useColumns } from './useColumns.tsx';

export interface Column<R> {
  /** the API's field, which sorting and export name */
  key: string;
  title: string;
  render?: (row: R) => ReactNode;
  sortable?: boolean;
  /** amounts and counts stand right */
  align?: 'right';
  width?: number;
  /** shown only when chosen under 列 */
  hidden?: boolean;
}

interface Answer<R> {
  items: R[];
  total: number;
  nextCursor: string | null;
}

interface Props<R extends object> {
  /** The list's address under /api/v1, e.g. `/loan-filings`; what is filtered, sorted and shown is in the page's own address. */
  from: string;
  /** always asked for, beside what the person filters */
  fixed?: Record<string, string>;
  rowKey: keyof R & string;
  columns: Column<R>[];
  filters?: Filter[];
  /** what an empty list means here, and what to do about it */
  empty: ReactNode;
  actions?: ReactNode;
  exportable?: boolean;
  /** rows of a page until the person chooses */
  pageSize?: number;
  table?: Pick<TableProps<R>, 'rowSelection' | 'onRow' | 'rowClassName' | 'expandable' | 'summary'>;
  /** told of the rows on the page, for keyboard work */
  onRows?(rows: R[]): void;
}

const SIZES = [20, 50, 100, 200];

/**
 * A list of the server: filtered, sorted and paged there; columns chosen, exported as XLSX with the same filter. Everything is in the page's
 * address, so that a view can be sent to a colleague.
 */
export function DataTable<R extends object>({
  from,
  fixed,
  rowKey,
  columns,
  filters = [],
  empty,
  actions,
  exportable = true,
  pageSize = SIZES[0],
  table,
  onRows,
}: Props<R>) {
  const [search, setSearch] = useSearchParams();
  const { shown, chooser } = useColumns(from, columns);
  const size = Number(search.get('size') ?? pageSize);
  const filter = Object.fromEntries(
    filters.flatMap(({ name }) => (search.get(name) ? [[name, search.get(name)!]] : [])),
  );
  const sort = search.get('sort');
  const wanted: Record<string, string> = { ...fixed, ...filter, ...(sort ? { sort } : {}) };
  // The cursors of the pages before this one. Another question, also one that a link or going back asks, begins at its first page, as a reload does.
  const question = JSON.stringify([wanted, size]);
  const [place, setPlace] = useState<{ of: string; back: string[]; cursor?: string }>({ of: question, back: [] });
  const { back, cursor } = place.of === question ? place : { back: [], cursor: undefined };
  const query = useQuery({
    queryKey: [from.split('/')[1]!, from, wanted, size, cursor],
    queryFn: async (): Promise<Answer<R>> =>
      (await send(address(from, { ...wanted, limit: `${size}`, ...(cursor ? { cursor } : {}) }))).json(),
    placeholderData: keepPreviousData,
  });
  // Told when the rows change, not when the page passes another function.
  useEffect(() => {
    if (query.data) onRows?.(query.data.items);
  }, [query.data]);
  const change = (next: Record<string, string | undefined>) => {
    const changed = new URLSearchParams(search);
    for (const [name, value] of Object.entries(next)) value ? changed.set(name, value) : changed.delete(name);
    setSearch(changed, { replace: true });
  };
  const { items = [], total = 0, nextCursor = null } = query.data ?? {};
  const first = back.length * size;

  return (
    <section>
      <div className="table-bar no-print">
        <FilterBar filters={filters} values={filter} onChange={change} />
        <Space wrap>
          {actions}
          {chooser}
          {exportable && total > 0 && (
            <Dropdown.Button
              menu={{ items: [{ key: 'all', label: '导出全部列', onClick: () => download(from, wanted) }] }}
              onClick={() => download(from, { ...wanted, columns: shown.map((c) => c.key).join(',') })}
            >
              导出 XLSX
            </Dropdown.Button>
          )}
        </Space>
      </div>
      <ProblemAlert error={query.error} retry={() => query.refetch()} />
      <Table<R>
        {...table}
        size="small"
        rowKey={rowKey}
        dataSource={items}
        loading={query.isFetching && { delay: 300 }}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText:
            query.isFetched && !query.error ? (
              <Empty description={hasFilter(filter) ? '没有符合条件的记录，可放宽筛选条件' : empty} />
            ) : (
              ' '
            ),
        }}
        columns={shown.map((column) => antColumn(column, sort))}
        onChange={(_, __, sorter) => {
          const { field, order } = Array.isArray(sorter) ? sorter[0]! : sorter;
          change({ sort: order ? `${order === 'descend' ? '-' : ''}${field}` : undefined });
        }}
      />
      <div className="pager no-print">
        <Typography.Text type="secondary">
          {total > 0 ? `第 ${first + 1}–${first + items.length} 条，共 ${total.toLocaleString('zh-CN')} 条` : ''}
        </Typography.Text>
        <Space>
          <Select
            aria-label="每页条数"
            size="small"
            value={size}
            options={SIZES.map((value) => ({ value, label: `每页 ${value} 条` }))}
            onChange={(value) => change({ size: `${value}` })}
          />
          <Button
            size="small"
            disabled={back.length === 0}
            onClick={() => setPlace({ of: question, back: back.slice(0, -1), cursor: back.at(-1) || undefined })}
          >
            上一页
          </Button>
          <Button
            size="small"
            disabled={nextCursor === null}
            onClick={() => setPlace({ of: question, back: [...back, cursor ?? ''], cursor: nextCursor! })}
          >
            下一页
          </Button>
        </Space>
      </div>
    </section>
  );
}

function antColumn<R extends object>({ key, title, render, sortable, align, width }: Column<R>, sort: string | null) {
  const order = sort === key ? ('ascend' as const) : sort === `-${key}` ? ('descend' as const) : null;
  return {
    ...{ key, title, dataIndex: key, align, width },
    ...(sortable ? { sorter: true, sortOrder: order } : {}),
    ...(render ? { render: (_: unknown, row: R) => render(row) } : {}),
  };
}

const hasFilter = (filter: object) => Object.keys(filter).length > 0;
const address = (from: string, query: Record<string, string>) => `/api/v1${from}?${new URLSearchParams(query)}`;

/** The browser's own download, so that a large file does not pass through the page. */
function download(from: string, query: Record<string, string>): void {
  window.location.assign(address(from, { ...query, format: 'xlsx' }));
}
