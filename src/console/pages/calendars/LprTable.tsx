import { Alert, Button, Checkbox, DatePicker, Form, Input, Modal, Table } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { SampleMark } from '../../parts/Cites.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { useOverview } from './useOverview.ts';

type Quote = InferResponseType<(typeof api)['lpr-quotes']['$get'], 200>['items'][number];

/** LPR 报价 month by month, and the months that lack one. */
export function LprTable() {
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useAsk(['calendars', 'lpr'], () => ask(api['lpr-quotes'].$get()));
  const quotes = [...(data?.items ?? [])].sort((a, b) => (a.month < b.month ? 1 : -1));
  const overview = useOverview();
  const missing = overview?.lpr.missing ?? [];
  return (
    <>
      {missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`缺 ${missing.length} 个月的 LPR：${missing.slice(-12).join('、')}${missing.length > 12 ? ' 等' : ''}`}
          description="用到这些月份利率的计算会被退回，请按全国银行间同业拆借中心的公告补录。"
        />
      )}
      {may(me, 'calendar.write') && (
        <div className="table-bar">
          <Button type="primary" onClick={() => setAdding(true)}>
            录入 LPR
          </Button>
        </div>
      )}
      {overview?.lpr.nextOn && <p className="hint-line">下一次公布日期：{overview.lpr.nextOn}</p>}
      <ProblemAlert error={error} retry={refetch} />
      <Table<Quote>
        size="small"
        rowKey="month"
        pagination={{ pageSize: 24, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={quotes}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有录入 LPR' }}
        columns={[
          { title: '月份', dataIndex: 'month' },
          { title: '公布日期', dataIndex: 'publishedOn' },
          { title: '一年期（%）', dataIndex: 'oneYear', align: 'right' },
          { title: '五年期以上（%）', dataIndex: 'fivePlus', align: 'right' },
          { title: '核实', render: (_, { confirmed }) => (confirmed ? '已核实' : <SampleMark />) },
          { title: '出处', dataIndex: 'source' },
        ]}
      />
      <Modal title="录入 LPR" open={adding} footer={null} onCancel={() => setAdding(false)} destroyOnHidden>
        <NewQuote months={missing} onDone={() => setAdding(false)} />
      </Modal>
    </>
  );
}

interface Given {
  month: Dayjs;
  publishedOn: Dayjs;
  oneYear: string;
  fivePlus: string;
  confirmed?: boolean;
  source: string;
}

const RATE = { required: true, pattern: /^\d{1,2}(\.\d{1,4})?$/, message: '应为百分数，如 3.10' };

function NewQuote({ months, onDone }: { months: string[]; onDone(): void }) {
  const add = useAct(
    ({ month, publishedOn, confirmed = false, ...rest }: Given) =>
      ask(
        api['lpr-quotes'].$post({
          json: {
            ...rest,
            confirmed,
            month: month.format('YYYY-MM'),
            publishedOn: publishedOn.format('YYYY-MM-DD'),
          },
        }),
      ),
    { done: ({ month }) => `${month} 的 LPR 已录入`, refresh: ['calendars'] },
  );
  return (
    <Form<Given>
      layout="vertical"
      requiredMark={false}
      initialValues={months[0] ? { month: dayjs(months[0]), publishedOn: dayjs(`${months[0]}-20`) } : {}}
      onFinish={(given) => add.mutate(given, { onSuccess: onDone })}
    >
      <ProblemAlert error={add.error} />
      <Form.Item name="month" label="月份" rules={[{ required: true, message: '请选择月份' }]}>
        <DatePicker picker="month" />
      </Form.Item>
      <Form.Item name="publishedOn" label="公布日期" rules={[{ required: true, message: '请选择公布日期' }]}>
        <DatePicker />
      </Form.Item>
      <Form.Item name="oneYear" label="一年期（%）" rules={[RATE]}>
        <Input inputMode="decimal" />
      </Form.Item>
      <Form.Item name="fivePlus" label="五年期以上（%）" rules={[RATE]}>
        <Input inputMode="decimal" />
      </Form.Item>
      <Form.Item name="source" label="出处" extra="公告名称或网址" rules={[{ required: true, message: '请填写出处' }]}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="confirmed" valuePropName="checked">
        <Checkbox>已与公告原文核对</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        录入
      </Button>
    </Form>
  );
}
