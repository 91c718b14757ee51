import { Button, Segmented, Space, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { money, sum, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { entryAt } from '../ledger/links.ts';
import { PayRun } from './PayRun.tsx';
import { ReissueDialog } from './ReissueDialog.tsx';
import { ReturnedDialog } from './ReturnedDialog.tsx';
import type { Batch, Payment } from './types.ts';

const STATES = {
  ordered: ['待拨付', 'near'],
  paid: ['已拨付', 'within'],
  returned: ['已退票', 'past'],
} as const;
type State = keyof typeof STATES;

/** 拨付: each payment to an enterprise's own account; made by the bank, recorded by another person than who ordered them, and paid again when it came back. */
export function Payments({ batch }: { batch: Batch }) {
  const me = useMe();
  const [shown, setShown] = useState<'all' | State>('all');
  const [paying, setPaying] = useState<Payment[]>();
  const [returned, setReturned] = useState<Payment>();
  const [reissuing, setReissuing] = useState<Payment>();
  const { data, error, refetch } = useAsk(['subsidy-batches', batch.id, 'payments'], () =>
    ask(api['subsidy-batches'][':id'].payments.$get({ param: { id: batch.id } })),
  );
  const all = data?.items ?? [];
  const open = all.filter(({ status }) => status === 'ordered');
  // What is made again is of the same share: a supplement's payment is another one.
  const latest = (payment: Payment) =>
    !all.some(
      ({ applicationId, supplementId, attempt }) =>
        applicationId === payment.applicationId && supplementId === payment.supplementId && attempt > payment.attempt,
    );
  const pays = may(me, 'subsidy.pay');
  return (
    <section aria-label="拨付" id="payments">
      <h2>拨付</h2>
      <ProblemAlert error={error} retry={refetch} />
      <div className="table-bar">
        <Space wrap>
          <span>
            下达文号 {batch.orderNo}，{batch.orderedOn} 下达。{wordsOf(all)}
          </span>
        </Space>
        <Space wrap className="no-print">
          <Segmented
            aria-label="拨付状态"
            value={shown}
            onChange={setShown}
            options={[
              { value: 'all' as const, label: '全部' },
              ...(Object.keys(STATES) as State[]).map((value) => ({ value, label: STATES[value][0] })),
            ]}
          />
          {may(me, 'subsidy.payees') && (
            <Button href={`/api/v1/subsidy-batches/${batch.id}/payment-list`}>下载支付清单</Button>
          )}
          {pays && (
            <Button type="primary" disabled={open.length === 0} onClick={() => setPaying(open)}>
              登记拨付{open.length > 0 ? ` ${open.length} 笔` : ''}
            </Button>
          )}
        </Space>
      </div>
      <Table<Payment>
        size="small"
        rowKey="id"
        loading={!data && !error}
        pagination={all.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
        dataSource={shown === 'all' ? all : all.filter(({ status }) => status === shown)}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: '企业（收款户名）',
            render: (_, { applicationId, payeeName, attempt, supplementId }) => (
              <>
                <Link to={`/subsidies/${applicationId}`}>{payeeName}</Link>
                {supplementId && <span className="hint">　补充分配</span>}
                {attempt > 1 && <span className="hint">　第 {attempt} 次</span>}
              </>
            ),
          },
          { title: '金额', align: 'right', render: (_, payment) => <Amount of={payment} book={batch.budgetCode} /> },
          {
            title: '收款账户',
            render: (_, { payeeBank, payeeAccount }) => (
              <span className="reason">{`${payeeBank} ${payeeAccount}`}</span>
            ),
          },
          { title: '状态', render: (_, payment) => <State of={payment} /> },
          { title: '拨付日期', render: (_, { paidOn }) => paidOn ?? '—' },
          { title: '银行回单号', render: (_, { voucherNo }) => voucherNo ?? '—' },
          ...(pays
            ? [
                {
                  ...{ title: '', key: 'act', className: 'no-print' },
                  render: (_: unknown, payment: Payment) =>
                    payment.status === 'paid' ? (
                      <Button size="small" onClick={() => setReturned(payment)}>
                        登记退票
                      </Button>
                    ) : payment.status === 'returned' && latest(payment) ? (
                      <Button size="small" type="primary" onClick={() => setReissuing(payment)}>
                        重新下达
                      </Button>
                    ) : null,
                },
              ]
            : []),
        ]}
      />
      {paying && <PayRun batch={batch} payments={paying} onClose={() => setPaying(undefined)} />}
      {returned && <ReturnedDialog of={returned} onClose={() => setReturned(undefined)} />}
      {reissuing && <ReissueDialog of={reissuing} onClose={() => setReissuing(undefined)} />}
    </section>
  );
}

/** Where a payment stands; of one that came back when and why. */
function State({ of: { status, returnedOn, returnReason } }: { of: Payment }) {
  const [label, tone] = STATES[status as State];
  return (
    <>
      <Toned tone={tone}>{label}</Toned>
      {returnedOn && <div className="hint returned">{`${returnedOn}，${returnReason}`}</div>}
    </>
  );
}

/** An amount, with its entry where it was posted. */
function Amount({ of: { applicationId, attempt, amount, status }, book }: { of: Payment; book: string }) {
  if (status === 'ordered' || !may(useMe(), 'ledger.read')) return <Money value={amount} />;
  return (
    <Link to={entryAt(book, `subsidy:${applicationId}:paid:${attempt}`)}>
      <Money value={amount} />
    </Link>
  );
}

function wordsOf(all: Payment[]) {
  const part = (state: State) => all.filter(({ status }) => status === state);
  const amount = (rows: Payment[]) => toWire(sum(rows.map((row) => money(row.amount))));
  const [open, paid] = [part('ordered'), part('paid')];
  return (
    <>
      已拨付 {paid.length} 笔 <Money value={amount(paid)} withUnit />
      {open.length > 0 && '，待拨付 '}
      {open.length > 0 && open.length}
      {open.length > 0 && ' 笔 '}
      {open.length > 0 && <Money value={amount(open)} withUnit />}。
    </>
  );
}
