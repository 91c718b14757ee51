import { Button, Form, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useNames } from '../../parts/useNames.ts';
import { may, useMe } from '../../session.ts';
import { type Difference, REFRESH } from './words.ts';

/** 待查款项 whose owner is found: owed to them once another confirms, and from there paid out or set off. */
export function Identify({ of: difference }: { of: Difference }) {
  const me = useMe();
  const nameOf = useNames();
  const { identified } = difference;
  if (difference.status !== 'resolved' || difference.resolution !== 'suspense') return null;
  return (
    <section>
      <h2>查明归属</h2>
      {identified ? (
        <>
          <p>
            {identified.by ?? '—'}
            {identified.mine && '（本人）'}提出：这笔款项应付给 <strong>{nameOf(identified.party)}</strong>
            {identified.note && `；${identified.note}`}
            {identified.confirmedOn && `；${identified.confirmedOn} 已由另一人复核，转为应付款`}。
          </p>
          {!identified.confirmedOn && <Decide of={difference} mine={identified.mine} />}
        </>
      ) : (
        <>
          <p className="hint-line">
            款项在待查款项（2307）中。查明应付给谁的，在此提出；查明是出资或回款的，请先冲销入账，再按真实的业务登记。
          </p>
          {may(me, 'difference.resolve') && <Propose of={difference} />}
        </>
      )}
    </section>
  );
}

function Propose({ of: { id } }: { of: Difference }) {
  const { data } = useAsk(['institutions', 'names'], () => ask(api.institutions.$get({ query: { limit: '500' } })));
  const propose = useAct(
    (given: { party: string; note?: string }) =>
      ask(api.differences[':id'].identify.$post({ param: { id }, json: given })),
    { done: '已提出，待另一人复核', refresh: REFRESH },
  );
  return (
    <Form layout="inline" onFinish={(given: { party: string; note?: string }) => propose.mutate(given)}>
      <ProblemAlert error={propose.error} />
      <Form.Item name="party" label="应付给" rules={[{ required: true, message: '请选择机构' }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 280 }}
          options={data?.items.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      <Form.Item name="note" label="说明">
        <Input maxLength={200} placeholder="如：多付的利息" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={propose.isPending}>
        提出，交他人复核
      </Button>
    </Form>
  );
}

function Decide({ of: { id }, mine }: { of: Difference; mine: boolean }) {
  const me = useMe();
  const [withdrawing, setWithdrawing] = useState(false);
  const at = { param: { id } };
  const confirm = useAct(() => ask(api.differences[':id'].identify.confirm.$post(at)), {
    done: '已复核，转为应付款',
    refresh: REFRESH,
  });
  const withdraw = useAct(
    (reason: string) => ask(api.differences[':id'].identify.withdraw.$post({ ...at, json: { reason } })),
    { done: '已撤回，仍为待查款项', refresh: REFRESH },
  );
  return (
    <>
      <ProblemAlert error={confirm.error} />
      <Space className="no-print">
        {!mine && may(me, 'difference.decide') && (
          <Button type="primary" loading={confirm.isPending} onClick={() => confirm.mutate(undefined)}>
            复核同意
          </Button>
        )}
        {may(me, 'difference.resolve') && (
          <Button onClick={() => setWithdrawing(true)}>{mine ? '撤回' : '退回'}</Button>
        )}
        {mine && <span className="hint">由您提出，须由另一人复核。</span>}
      </Space>
      <ReasonForm
        title="撤回归属"
        action="撤回"
        label="理由"
        open={withdrawing}
        act={withdraw}
        onClose={() => setWithdrawing(false)}
      />
    </>
  );
}
