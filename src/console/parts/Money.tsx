import { Segmented, Tooltip } from 'antd';
import { createContext, use } from 'react';
import { Exact, formatYuan, money } from '../../money/money.ts';
import { roundTo } from '../../money/rounding.ts';
import { toWan } from '../../money/wan.ts';

export type MoneyUnit = '元' | '万元';

/** The unit in which amounts are shown; the person's own choice, kept in the browser. */
export const MoneyUnitContext = createContext<{ unit: MoneyUnit; setUnit(unit: MoneyUnit): void }>({
  unit: '元',
  setUnit: () => {},
});

/** 金额: right-aligned, thousands separated, in the unit chosen; the other unit on hover. `value` as the API gives it, e.g. "1234567.89". */
export function Money({ value, withUnit }: { value: string | null | undefined; withUnit?: boolean }) {
  const { unit } = use(MoneyUnitContext);
  if (value === null || value === undefined) return <span className="figure">—</span>;
  const yuan = formatYuan(money(value));
  const wan = wanText(value);
  const [shown, other] = unit === '元' ? [yuan, `${wan} 万元`] : [wan, `${yuan} 元`];
  return (
    <Tooltip title={other} mouseEnterDelay={0.6}>
      <span className={value.startsWith('-') ? 'figure negative' : 'figure'}>
        {shown}
        {withUnit ? ` ${unit}` : ''}
      </span>
    </Tooltip>
  );
}

/** 万元 with two decimals as reports have them, so that a column stands in line; exact where that would leave nothing. */
function wanText(value: string): string {
  const exact = new Exact(toWan(money(value)));
  const shown = roundTo(exact, 2, 'halfUp');
  const [whole, fraction] = (shown.isZero() && !exact.isZero() ? toWan(money(value)) : shown.toFixed(2)).split('.');
  return `${whole!.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

/** The switch between 元 and 万元, in the header. */
export function MoneyUnitSwitch() {
  const { unit, setUnit } = use(MoneyUnitContext);
  return (
    <Segmented<MoneyUnit> size="small" options={['元', '万元']} value={unit} onChange={setUnit} aria-label="金额单位" />
  );
}
