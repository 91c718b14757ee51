import { Button, Drawer, Space } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import type { api } from '../../api.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { may, useMe } from '../../session.ts';
import type { Run } from '../reconciliations/run.ts';
import type { Desk } from './desk.ts';
import type { useMatching } from './useMatching.ts';

type Match = InferResponseType<(typeof api)['bank-matches']['$get'], 200>['items'][number];

interface Props {
  run: Run;
  desk: Desk;
  undo: ReturnType<typeof useMatching>['undo'];
  open: boolean;
  onOpen(open: boolean): void;
}

/** What is matched already: folded to a count by rule, opened as a list from which a match can be taken back with a reason. */
export function Matched({ run, desk, undo, open, onOpen }: Props) {
  const [taking, setTaking] = useState<Match>();
  const count = desk.matched.reduce((n, one) => n + one.count, 0);
  return (
    <>
      <p className="matched">
        {count === 0 ? (
          '本月还没有核对上的款项。'
        ) : (
          <>
            本月已核对 <strong className="figure">{count.toLocaleString('zh-CN')}</strong> 项：
            {desk.matched.map(({ label, count: n }) => `${label} ${n.toLocaleString('zh-CN')}`).join('，')}。
            <Button type="link" size="small" onClick={() => onOpen(true)}>
              查看或取消 u
            </Button>
          </>
        )}
      </p>
      <Drawer title={`${run.period} 已核对的款项`} open={open} onClose={() => onOpen(false)} size={960} destroyOnHidden>
        <DataTable<Match>
          from="/bank-matches"
          fixed={{ accountNo: run.accountNo, period: run.period, live: 'true' }}
          rowKey="id"
          pageSize={50}
          columns={useColumnsOf(setTaking)}
          exportable={false}
          empty="没有核对上的款项。"
        />
      </Drawer>
      {taking && (
        <ReasonForm
          open
          title={`取消核对：${taking.ruleLabel} ${taking.amount} 元`}
          action="取消核对"
          label="理由"
          act={{
            mutate: (reason, options) => undo.mutate({ id: taking.id, reason }, options),
            ...{ isPending: undo.isPending, error: undo.error },
          }}
          onClose={() => setTaking(undefined)}
        >
          <p>取消后，两边的款项重新成为未核对，理由记录在案。</p>
        </ReasonForm>
      )}
    </>
  );
}

function useColumnsOf(onUndo: (match: Match) => void): Column<Match>[] {
  const me = useMe();
  const side = (items: { occurredOn: string; text: string }[]) =>
    items.length === 0 ? (
      '—'
    ) : (
      <div className="memo">
        {items.slice(0, 3).map(({ occurredOn, text }, i) => (
          <div key={`${occurredOn}${i}`}>
            {occurredOn} {text}
          </div>
        ))}
        {items.length > 3 && <div className="hint">共 {items.length} 笔</div>}
      </div>
    );
  return [
    { key: 'amount', title: '金额', align: 'right', render: ({ amount }) => <Money value={amount} /> },
    { key: 'lines', title: '银行', render: ({ lines }) => side(lines) },
    { key: 'legs', title: '账面', render: ({ legs }) => side(legs) },
    { key: 'rule', title: '依据', render: ({ ruleLabel, reason }) => <span title={reason}>{ruleLabel}</span> },
    {
      key: 'matchedOn',
      title: '核对',
      render: ({ matchedOn, matchedBy }) => (
        <Space size={4}>
          {matchedOn}
          {matchedBy ?? '系统'}
        </Space>
      ),
    },
    {
      key: 'act',
      title: '',
      render: (match) =>
        may(me, 'reconciliation.run') &&
        match.rule !== 'resolution' && (
          <Button size="small" onClick={() => onUndo(match)}>
            取消
          </Button>
        ),
    },
  ];
}
