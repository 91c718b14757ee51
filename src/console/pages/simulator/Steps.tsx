import { percentOf } from '../../../loans/ratio.ts';
import { Exact, formatYuan, money } from '../../../money/money.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import type { Simulated } from './inputs.ts';

/** A loss drawn as a waterfall: from the whole down to nothing, a step for each who bears of it, with its article. */
export function Steps({
  note,
  title,
  of: { parts, compensation, explanation },
  unpaid,
}: {
  title: string;
  of: Simulated;
  unpaid: string;
  /** what one should know of these rules */
  note?: string;
}) {
  const whole = money(unpaid);
  const share = (amount: Exact) => (whole.isZero() ? '0.00' : percentOf(amount, whole));
  let before = new Exact(0);
  const steps = parts.map((part) => {
    const from = before;
    before = before.plus(part.amount);
    return { ...part, from };
  });
  const cites = parts[0]?.cites ?? [];
  const summary = parts.map(({ label, amount }) => `${label} ${formatYuan(money(amount))} 元`).join('，');
  return (
    <section aria-label={title}>
      <h2>
        {title}
        <Why of={explanation as Explanation} title={`${title}：风险补偿金额`} />
      </h2>
      <figure className="steps-chart" aria-label={`${title}：${summary}`}>
        <div className="step-rows">
          <Step label="未偿还本金" amount={unpaid} left="0" width="100" percent="100.00" kind="whole" />
          {steps.map(({ bearer, label, amount, kind, from }) => (
            <Step
              key={bearer}
              label={label}
              amount={amount}
              left={share(from)}
              width={share(money(amount))}
              percent={share(money(amount))}
              kind={kind}
            />
          ))}
        </div>
        <figcaption>
          <i className="step-key pool" />
          资金池支付，合计 <Money value={compensation} withUnit />
          <i className="step-key own" />
          自行承担
        </figcaption>
      </figure>
      <Cites cites={cites} />
      {note && <p className="hint-line">{note}</p>}
    </section>
  );
}

interface StepProps {
  label: string;
  amount: string;
  /** percent of the whole */
  left: string;
  width: string;
  percent: string;
  kind: 'whole' | 'pool' | 'own';
}

function Step({ label, amount, left, width, percent, kind }: StepProps) {
  return (
    <div className="step-row">
      <span>{label}</span>
      <span className="step-track">
        <i className={`step-bar ${kind}`} style={{ marginLeft: `${left}%`, width: `${width}%` }} />
      </span>
      <span className="step-amount">
        <Money value={amount} />
      </span>
      <span className="step-percent figure">{percent}%</span>
    </div>
  );
}
