import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import type { LoanItem } from '../loans/types.ts';

interface Props {
  id?: string;
  value?: string;
  onChange?(value: string | undefined): void;
  onFound(loan: Pick<LoanItem, 'outstandingPrincipal'>): void;
}

/** A loan of the register, found by its due bill, contract or enterprise. Its value is the loan's number. */
export function LoanField({ value, onChange, onFound, ...rest }: Props) {
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data, isFetching } = useAsk(['loans', 'found', q], () =>
    ask(api.loans.$get({ query: { limit: '20', ...(q ? { q } : {}) } })),
  );
  const found = data?.items ?? [];
  const missing = value !== undefined && !found.some(({ id }) => id === value);
  const chosen = useAsk(['loans', value], () => ask(api.loans[':id'].$get({ param: { id: value! } })), {
    enabled: missing,
  });
  const shown = missing && chosen.data ? [chosen.data, ...found] : found;
  return (
    <Select
      {...rest}
      value={value}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      loading={isFetching}
      placeholder="输入借据号、合同号或企业名称查找"
      notFoundContent={isFetching ? '正在查找……' : '没有找到贷款'}
      options={shown.map(({ id, dueBillNo, enterpriseName }) => ({
        value: id,
        label: `${dueBillNo}　${enterpriseName}`,
      }))}
      optionRender={({ value: id }) => <Described of={shown.find((loan) => loan.id === id)} />}
      onChange={(id?: string) => {
        onChange?.(id);
        const loan = shown.find((one) => one.id === id);
        if (loan) onFound(loan);
      }}
    />
  );
}

function Described({
  of,
}: {
  of: Pick<LoanItem, 'dueBillNo' | 'contractNo' | 'enterpriseName' | 'outstandingPrincipal'> | undefined;
}) {
  if (!of) return null;
  return (
    <>
      <span className="figure">{of.dueBillNo}</span>　{of.enterpriseName}
      <div className="hint">
        合同 {of.contractNo}，余额 {formatYuan(money(of.outstandingPrincipal))} 元
      </div>
    </>
  );
}
