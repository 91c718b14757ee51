import { Button, InputNumber, Space } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useNames } from '../../parts/useNames.ts';
import type { Claim } from './types.ts';

const STATES = { outstanding: '尚未收回', recovered: '已收回', writtenOff: '已核销', refunded: '已退回资金池' };

/** 这一分钱是谁的: whose any fen of a compensated loss was, and what has become of it. */
export function FenLookup({ claim }: { claim: Claim }) {
  const nameOf = useNames();
  const [no, setNo] = useState<number | null>(1);
  const look = useAct((wanted: number) =>
    ask(api.claims[':id'].fen.$get({ param: { id: claim.id }, query: { no: `${wanted}` } })),
  );
  if (!claim.waterfall) return null;
  const last = claim.unpaidPrincipal.replace('.', '').replace(/^0+/, '');
  const found = look.data;
  return (
    <section aria-label="这一分钱是谁的">
      <h2>这一分钱是谁的</h2>
      <form
        className="no-print"
        onSubmit={(event) => {
          event.preventDefault();
          if (no !== null) look.mutate(no);
        }}
      >
        <Space wrap>
          <span>未偿还本金共 {Number(last).toLocaleString('zh-CN')} 分，按承担次序排列；查第</span>
          <InputNumber
            aria-label="第几分"
            min={1}
            max={Number(last)}
            precision={0}
            value={no}
            onChange={setNo}
            controls={false}
          />
          <span>分</span>
          <Button htmlType="submit" loading={look.isPending}>
            查询
          </Button>
        </Space>
      </form>
      <ProblemAlert error={look.error} />
      {found && (
        <p aria-live="polite">
          第 {found.no.toLocaleString('zh-CN')} 分由<strong>{nameOf(found.party)}</strong>承担（{found.label}，
          {found.kind === 'pool' ? '由资金池支付' : '自行承担'}），{STATES[found.state]}。
        </p>
      )}
    </section>
  );
}
