import { Table } from 'antd';
import { Link } from 'react-router';
import { Exact } from '../../../money/money.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { RatioBar } from './RatioBar.tsx';
import { type Board, type Line, measureOf, SCOPES, STATES, STOPS } from './types.ts';

/** Every ratio of a pool against its lines, those nearest to their suspending line first, and banks whose reports are late. */
export function Lines({ board: { poolName, lines, late } }: { board: Board }) {
  return (
    <section aria-label={poolName}>
      <h2>
        {poolName} {lines[0] && <Cites cites={lines[0].cites} />}
      </h2>
      <Table<Line>
        size="small"
        pagination={false}
        rowKey={({ scope, party, measure }) => `${scope}${party}${measure}`}
        rowClassName={({ tone }) => `breaker-row ${tone}`}
        dataSource={lines}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有贷款入池，没有可以监测的比率' }}
        columns={[
          {
            title: '对象',
            render: (_, { scope, partyName }) => (
              <div className="memo">
                {partyName}
                <div className="hint">{SCOPES[scope]}</div>
              </div>
            ),
          },
          {
            title: '指标',
            render: (_, line) => (
              <>
                {measureOf(line.measure)}
                <div className="one-line">
                  <strong>{line.ratio === null ? '—' : `${line.ratio}%`}</strong>
                  <Why of={line.explanation as Explanation} title={`${line.partyName}${measureOf(line.measure)}`} />
                </div>
              </>
            ),
          },
          { title: '与警示线、暂停线', render: (_, line) => <RatioBar {...line} /> },
          { title: '距离', render: (_, line) => <Distance {...line} /> },
          { title: '状态', render: (_, line) => <State {...line} /> },
        ]}
      />
      {late.length > 0 && (
        <ul className="papers">
          {late.map(({ bankCode, bankName, message, cites }) => (
            <li key={bankCode}>
              <Toned tone="past">缺报月报</Toned>
              {bankName}
              {message}
              <Cites cites={cites} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** How far it is to the lines, in points and in money. */
function Distance({ ratio, distance, room, tone, measure, warnLine }: Line) {
  if (ratio === null || distance === null) return '—';
  if (tone === 'past') return <span className="negative">超过暂停线 {distance.replace('-', '')} 个百分点</span>;
  const what = { nonPerforming: '不良', compensation: '补偿', payout: '代偿' }[measure];
  return (
    <>
      <div>
        距{tone === 'within' && warnLine && `警示线 ${new Exact(warnLine).minus(ratio).toFixed(2)}、`}暂停线 {distance}{' '}
        个百分点
      </div>
      <div className="hint left">
        {what}再增加 <Money value={room} withUnit />
        即暂停
      </div>
    </>
  );
}

function State({ state, tone, since, stops, suspensionId }: Line) {
  const [label, shown] = STATES[state];
  const word = state === 'suspended' ? `暂停${STOPS[stops]}` : label;
  const unlike = state === 'suspended' && tone !== 'past' ? '比率已降至暂停线以下，待解除' : null;
  return (
    <>
      <Toned tone={shown}>{word}</Toned>
      {suspensionId && since && (
        <div>
          <Link to={`/suspensions/${suspensionId}`}>{since} 起</Link>
        </div>
      )}
      {unlike && <div className="hint">{unlike}</div>}
    </>
  );
}
