import { Exact } from '../../../money/money.ts';
import type { Line } from './types.ts';
import './breaker.css';

/** A ratio drawn against its warning and suspending lines, in the colour of where it stands; both lines are named beneath. */
export function RatioBar({ ratio, warnLine, suspendLine, tone }: Line) {
  // The suspending line stands at two thirds, unless a ratio is far beyond it.
  const full = Exact.max(new Exact(suspendLine).times('1.5'), new Exact(ratio ?? suspendLine).times('1.1'));
  const at = (percent: string) => `${new Exact(percent).times(100).div(full).toFixed(2)}%`;
  const words = `${ratio === null ? '分母为零' : `${ratio}%`}，${warnLine ? `警示线 ${warnLine}%，` : ''}暂停线 ${suspendLine}%`;
  return (
    <div className="ratio-bar" role="img" aria-label={words}>
      <div className="ratio-track">
        <div className={`ratio-fill ${tone}`} style={{ width: ratio === null ? '100%' : at(ratio) }} />
        {warnLine && <i className="ratio-tick near" style={{ left: at(warnLine) }} />}
        <i className="ratio-tick past" style={{ left: at(suspendLine) }} />
      </div>
      <div className="ratio-names">
        {warnLine && <span style={{ left: at(warnLine) }}>警示 {warnLine}%</span>}
        <span style={{ left: at(suspendLine) }}>暂停 {suspendLine}%</span>
      </div>
    </div>
  );
}
