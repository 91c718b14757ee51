import { Alert, Button, Checkbox, Form, Input, InputNumber, Modal, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { localDate } from '../../../calendar/local-date.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { useOverview } from './useOverview.ts';

type Notice = InferResponseType<(typeof api)['holiday-notices']['$get'], 200>['items'][number];

/** 节假日安排 year by year: days off, and weekend days that are worked. */
export function Holidays() {
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useAsk(['calendars', 'holidays'], () => ask(api['holiday-notices'].$get()));
  const notices = [...(data?.items ?? [])].sort((a, b) => b.year - a.year);
  const year = Number(me.today.slice(0, 4));
  const missing = useOverview()?.holidays.missing ?? [];
  return (
    <>
      {missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`缺 ${missing.join('、')} 年的节假日安排`}
          description="落在这一年的期限按周末推算并注明暂定。国务院办公厅通知发布后请录入。"
        />
      )}
      {may(me, 'calendar.write') && (
        <div className="table-bar">
          <Button type="primary" onClick={() => setAdding(true)}>
            录入节假日安排
          </Button>
        </div>
      )}
      <ProblemAlert error={error} retry={refetch} />
      <Table<Notice>
        size="small"
        rowKey="year"
        pagination={false}
        dataSource={notices}
        locale={{ emptyText: '还没有录入节假日安排' }}
        columns={[
          { title: '年度', dataIndex: 'year', width: 80 },
          { title: '放假日期', render: (_, { off }) => <Days of={off} /> },
          { title: '调休上班', render: (_, { worked }) => <Days of={worked} /> },
          { title: '出处', dataIndex: 'source', width: 260 },
        ]}
      />
      <Modal title="录入节假日安排" open={adding} footer={null} onCancel={() => setAdding(false)} destroyOnHidden>
        <NewNotice year={missing[0] ?? year} onDone={() => setAdding(false)} />
      </Modal>
    </>
  );
}

const Days = ({ of: days }: { of: string[] }) => (
  <span className="figure wrap">{days.map((day) => day.slice(5)).join('　') || '—'}</span>
);

interface Given {
  year: number;
  off: string;
  worked?: string;
  source: string;
  amends?: boolean;
}

function NewNotice({ year, onDone }: { year: number; onDone(): void }) {
  const add = useAct(
    ({ off, worked = '', amends, ...rest }: Given) =>
      ask(
        api['holiday-notices'].$post({
          json: { ...rest, off: daysIn(off), worked: daysIn(worked), ...(amends ? { amends } : {}) },
        }),
      ),
    { done: (notice) => `${notice.year} 年的节假日安排已录入`, refresh: ['calendars'] },
  );
  return (
    <Form<Given>
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
      initialValues={{ year }}
      onFinish={(given) => add.mutate(given, { onSuccess: onDone })}
    >
      <ProblemAlert error={add.error} />
      <Form.Item name="year" label="年度" rules={[{ required: true, message: '请填写年度' }]}>
        <InputNumber min={2000} max={2100} precision={0} />
      </Form.Item>
      <Form.Item
        name="off"
        label="放假日期"
        extra="每天一个，YYYY-MM-DD，以空格、顿号或换行分隔；含落在周末的"
        rules={[{ required: true, message: '请填写放假日期' }, { validator: daysRule }]}
      >
        <Input.TextArea rows={4} />
      </Form.Item>
      <Form.Item name="worked" label="调休上班日期" rules={[{ validator: daysRule }]}>
        <Input.TextArea rows={2} />
      </Form.Item>
      <Form.Item name="source" label="出处" extra="通知名称、文号" rules={[{ required: true, message: '请填写出处' }]}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="amends" valuePropName="checked">
        <Checkbox>是对已录入安排的调整</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        录入
      </Button>
    </Form>
  );
}

const daysIn = (text: string): string[] => text.split(/[\s,，、;；]+/).filter(Boolean);

async function daysRule(_: unknown, text?: string): Promise<void> {
  for (const day of daysIn(text ?? '')) localDate(day);
}
