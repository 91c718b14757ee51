import { Alert, Descriptions, Radio, Space } from 'antd';
import { Link } from 'react-router';
import { PARTY_KINDS } from '../../../settlement/party-kinds.ts';
import { StateTag } from '../../parts/StateTag.tsx';
import { useFilters } from '../../parts/useFilters.ts';
import { may, useMe } from '../../session.ts';
import { Differences } from './Differences.tsx';
import { Ratios } from './Ratios.tsx';
import { Sections } from './Sections.tsx';
import { StatementLinks } from './StatementLinks.tsx';
import type { Settlement } from './settlement.ts';
import { Watched } from './Watched.tsx';

/** A settlement's result: notes, the parties' statements, ratios, loans to look at, differences from the contracts, and the anchor. */
export function SettlementBody({ of: settlement }: { of: Settlement }) {
  const me = useMe();
  const [{ party }, change] = useFilters('party');
  const { statements, notes, ratios, watchList, ledger, poolCode, period, status, settledOn } = settlement;
  const shown = statements.find((statement) => keyOf(statement) === party) ?? statements[0];
  return (
    <>
      {notes.map(({ kind, text, belongsTo }) => (
        <Alert
          key={`${kind}${text}`}
          type={kind === 'missingReport' || kind === 'provisional' ? 'warning' : 'info'}
          title={kind === 'adjustment' && belongsTo ? `补记 ${belongsTo}：${text}` : text}
        />
      ))}
      <h2>各方结算单</h2>
      <Radio.Group
        className="no-print"
        optionType="button"
        aria-label="各方结算单"
        value={keyOf(shown)}
        onChange={({ target }) => change({ party: target.value })}
        options={statements.map((statement) => ({ value: keyOf(statement), label: nameOf(statement) }))}
      />
      {shown && (
        <section key={keyOf(shown)} aria-label={nameOf(shown)}>
          <StatementLinks documentId={shown.documentId} settlement={settlement} />
          <Sections
            sections={shown.sections}
            place={{ poolCode, period, party: shown.partyKind === 'pool' ? undefined : shown.partyCode }}
          />
        </section>
      )}
      <div className="split">
        <Ratios of={ratios} />
        <Watched of={watchList} provisional={status === 'provisional'} />
      </div>
      <Differences period={period} banks={statements.filter(({ partyKind }) => partyKind === 'bank')} />
      <h2>账簿校验</h2>
      <Descriptions
        size="small"
        bordered
        column={1}
        items={[
          { key: 'status', label: '状态', children: <StateTag state={status} /> },
          { key: 'on', label: '结算日期', children: settledOn },
          { key: 'entries', label: '结算时凭证张数', children: ledger.entries },
          {
            key: 'head',
            label: '末笔散列值',
            children: (
              <Space wrap>
                <code className="hash">{ledger.head}</code>
                {may(me, 'ledger.read') && (
                  <Link to={`/ledger/verify?poolCode=${poolCode}&entries=${ledger.entries}&head=${ledger.head}`}>
                    与账簿核对
                  </Link>
                )}
              </Space>
            ),
          },
        ]}
      />
    </>
  );
}

type Statement = Settlement['statements'][number];

const nameOf = ({ partyKind, partyName }: Statement) =>
  `${PARTY_KINDS[partyKind as keyof typeof PARTY_KINDS]} ${partyName}`;
const keyOf = (statement: Statement | undefined): string =>
  statement ? `${statement.partyKind}:${statement.partyCode}` : '';
