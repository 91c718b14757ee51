import { Alert, Button, Input, Select, Upload } from 'antd';
import { useState } from 'react';
import { formatYuan, sum, ZERO } from '../../../money/money.ts';
import { INTEREST_KINDS } from '../../../subsidies/interest.ts';
import { amountOf, wireOf } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import { PasteVouchers } from './PasteVouchers.tsx';
import type { ReadVouchers } from './read-vouchers.ts';
import { isBegun, isWhole } from './request.ts';
import type { GivenVoucher } from './types.ts';

interface Props {
  id?: string;
  value?: GivenVoucher[];
  onChange?(vouchers: GivenVoucher[]): void;
  dueBillNo: string | undefined;
}

const KINDS = Object.entries(INTEREST_KINDS).map(([value, label]) => ({ value, label }));

/** 付息凭证, row by row as the bank's receipts show them; typed, pasted from a sheet, or out of a file. */
export function VoucherFields({ id, value = [], onChange, dueBillNo }: Props) {
  const [pasting, setPasting] = useState(false);
  const [read, setRead] = useState<ReadVouchers | string>();
  const rows = value.length > 0 ? value : [{ kind: 'normal' as const }];
  const change = (i: number, part: GivenVoucher) =>
    onChange?.(rows.map((row, at) => (at === i ? { ...row, ...part } : row)));
  const take = (found: ReadVouchers) => {
    const before = rows.filter(isBegun);
    const known = new Set(before.map(keyOf));
    setRead(found);
    onChange?.([...before, ...found.vouchers.filter((row) => !known.has(keyOf(row)))]);
  };
  const upload = async (file: File) => {
    // What reads sheets is fetched when somebody brings one.
    const { readVoucherFile, whyUnread } = await import('./read-vouchers.ts');
    await readVoucherFile(file, dueBillNo).then(take, (error: unknown) => setRead(whyUnread(error)));
  };
  return (
    <div className="voucher-fields" id={id}>
      <div className="voucher-rows">
        <div className="voucher-row voucher-head" aria-hidden="true">
          {['凭证号', '付息日期', '计息起日', '计息止日', '利息种类', '金额（元）'].map((label) => (
            <span key={label}>{label}</span>
          ))}
        </div>
        {rows.map((row, i) => (
          <VoucherRow
            // A row has nothing of its own until it is typed.
            key={i}
            row={row}
            place={i + 1}
            onChange={(part) => change(i, part)}
            onRemove={() => onChange?.(rows.filter((_, at) => at !== i))}
          />
        ))}
      </div>
      <p className="hint-line">{saidOf(rows)}</p>
      <div className="buttons">
        <Button onClick={() => onChange?.([...rows, next(rows.at(-1))])}>增加一行</Button>
        <Button onClick={() => setPasting(true)}>从表格粘贴</Button>
        <Upload
          accept=".csv,.xlsx"
          showUploadList={false}
          beforeUpload={(file) => {
            void upload(file);
            return Upload.LIST_IGNORE;
          }}
        >
          <Button>上传明细表</Button>
        </Upload>
      </div>
      {read && <WhatWasRead read={read} onClose={() => setRead(undefined)} />}
      {pasting && <PasteVouchers dueBillNo={dueBillNo} onRead={take} onClose={() => setPasting(false)} />}
    </div>
  );
}

interface RowProps {
  row: GivenVoucher;
  place: number;
  onChange(part: GivenVoucher): void;
  onRemove(): void;
}

function VoucherRow({ row, place, onChange, onRemove }: RowProps) {
  const named = (what: string) => ({ 'aria-label': `第 ${place} 行${what}` });
  const amount = row.amount && amountOf(row.amount);
  return (
    <fieldset className="voucher-row" aria-label={`第 ${place} 张凭证`}>
      <span data-label="凭证号">
        <Input
          {...named('凭证号')}
          value={row.voucherNo}
          maxLength={64}
          onChange={(e) => onChange({ voucherNo: e.target.value })}
        />
      </span>
      <span data-label="付息日期">
        <DateField {...named('付息日期')} value={row.paidOn} onChange={(paidOn) => onChange({ paidOn })} />
      </span>
      <span data-label="计息起日">
        <DateField {...named('计息起日')} value={row.from} onChange={(from) => onChange({ from })} />
      </span>
      <span data-label="计息止日">
        <DateField {...named('计息止日')} value={row.to} onChange={(to) => onChange({ to })} />
      </span>
      <span data-label="利息种类">
        <Select
          {...named('利息种类')}
          className="wide"
          value={row.kind ?? 'normal'}
          options={KINDS as never}
          onChange={(kind) => onChange({ kind })}
        />
      </span>
      <span data-label="金额（元）">
        <Input
          {...named('金额')}
          className="amount-input"
          inputMode="decimal"
          status={row.amount && !amount ? 'error' : undefined}
          value={row.amount}
          onChange={(e) => onChange({ amount: e.target.value })}
          onBlur={(e) => onChange({ amount: wireOf(e.target.value) })}
        />
      </span>
      <Button type="link" danger size="small" aria-label={`删除第 ${place} 行`} onClick={onRemove}>
        删除
      </Button>
    </fieldset>
  );
}

function WhatWasRead({ read, onClose }: { read: ReadVouchers | string; onClose(): void }) {
  if (typeof read === 'string') return <Alert type="error" showIcon closable={{ onClose }} title={read} />;
  const { vouchers, others, faults } = read;
  return (
    <Alert
      type={faults.length > 0 ? 'warning' : 'success'}
      showIcon
      closable={{ onClose }}
      title={`读入 ${vouchers.length} 行${others > 0 ? `，另有 ${others} 行属于其他借据，没有读入` : ''}${faults.length > 0 ? `；${faults.length} 处有误，没有读入` : ''}`}
      description={
        faults.length > 0 && (
          <ul className="faults">
            {faults.slice(0, 10).map(({ row, message }) => (
              <li key={`${row}${message}`}>
                第 {row} 行：{message}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}

const keyOf = ({ voucherNo, kind, from, amount }: GivenVoucher): string => [voucherNo, kind, from, amount].join('|');

/** The next month's row begins where the last one ended. */
const next = (last: GivenVoucher | undefined): GivenVoucher => ({
  kind: 'normal',
  ...(last?.to ? { from: last.to } : {}),
});

function saidOf(rows: GivenVoucher[]): string {
  const begun = rows.filter(isBegun);
  if (begun.length === 0) return '按银行付息回单逐行填写，罚息、复利也照实填写，由系统区分。首日计息，末日不计。';
  const total = begun.reduce((all, { amount }) => all.plus((amount && amountOf(amount)) || ZERO), sum([]));
  const open = begun.filter((row) => !isWhole(row)).length;
  return `共 ${begun.length} 行，金额合计 ${formatYuan(total)} 元${open > 0 ? `；${open} 行尚未填完` : ''}。`;
}
