import { Table, Typography } from 'antd';
import { FIELD_NAMES } from '../../../http/docs/names.ts';

type Facts = Record<string, unknown>;

/** What a thing was before and is after, field by field; what changed is marked. */
export function Difference({ before, after }: { before: unknown; after: unknown }) {
  const [was, is] = [factsOf(before), factsOf(after)];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  if (fields.length === 0) return <Typography.Text type="secondary">此操作没有前后内容</Typography.Text>;
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="field"
      className="difference"
      dataSource={fields.map((field) => ({ field, before: textOf(was[field]), after: textOf(is[field]) }))}
      columns={[
        { title: '项目', dataIndex: 'field', width: 200, render: (field: string) => titleOf(field) },
        { title: '之前', dataIndex: 'before', render: (text) => <span className="hash">{text}</span> },
        {
          title: '之后',
          dataIndex: 'after',
          render: (text, row) => (
            <span className="hash">{row.before && text && row.before !== text ? <mark>{text}</mark> : text}</span>
          ),
        },
      ]}
    />
  );
}

function factsOf(value: unknown): Facts {
  if (value === null || value === undefined) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Facts) : { value };
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return '空';
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
}

/** A field's Chinese name without what only callers of the API need to know. */
const titleOf = (field: string): string => (FIELD_NAMES[field] ?? field).replace(/[，；：（].*$/, '');
