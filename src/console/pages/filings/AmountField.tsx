import { Input } from 'antd';
import { useState } from 'react';
import { formatYuan } from '../../../money/money.ts';
import { uppercaseRmb } from '../../../money/uppercase.ts';
import { amountOf, wireOf } from './amount.ts';
import './filings.css';

interface Props {
  id?: string;
  value?: string;
  onChange?(value: string): void;
  onBlur?(): void;
  placeholder?: string;
  autoFocus?: boolean;
  disabled?: boolean;
  'aria-label'?: string;
}

/** 金额: typed in any usual way, shown with thousands when left, in capitals below. Its value is the wire text. */
export function AmountField({ value = '', onChange, onBlur, ...rest }: Props) {
  const [typed, setTyped] = useState<string>();
  const amount = amountOf(value);
  const take = (text: string) => {
    setTyped(text);
    onChange?.(wireOf(text));
  };
  return (
    <>
      <Input
        {...rest}
        className="figure amount-input"
        inputMode="decimal"
        autoComplete="off"
        suffix="元"
        value={typed ?? (amount ? formatYuan(amount) : value)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => take(event.target.value)}
        onBlur={() => {
          setTyped(undefined);
          onBlur?.();
        }}
      />
      <span className="capitals">{amount ? uppercaseRmb(amount) : ''}</span>
    </>
  );
}
