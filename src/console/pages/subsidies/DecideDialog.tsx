import { Checkbox, Form } from 'antd';
import { formatYuan } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Money } from '../../parts/Money.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { PanelFields, type PanelGiven, panelOf } from '../claims/PanelFields.tsx';
import { CHANGED, STEPS } from './acts.ts';
import type { Decisions } from './useDecisions.ts';

interface Given {
  withPanel?: boolean;
  panel?: PanelGiven;
}

/** 核定: the sum of the lines as decided, and above the clause's amount the panel that decided it. */
export function DecideDialog({
  of,
  decisions,
  onClose,
  onDone,
}: {
  of: Application;
  decisions: Decisions;
  onClose(): void;
  onDone(): void;
}) {
  const { today } = useMe();
  const { data: clause } = useAsk(['policies', `${of.scheme}.panel`], () =>
    ask(api.policies[':code'].clauses[':clause'].$get({ param: { code: of.scheme, clause: 'panel' }, query: {} })),
  );
  const above = (clause?.value as { above?: string } | null | undefined)?.above;
  const needed = above !== undefined && decisions.total.gt(above);
  const lines = decisions.sent;
  const decide = useAct(
    ({ withPanel, panel }: Given) =>
      ask(
        api['subsidy-applications'][':id'].decide.$post({
          param: { id: of.id },
          json: {
            ...(lines.length > 0 ? { lines } : {}),
            ...(panel && (needed || withPanel) ? { panel: panelOf(panel) } : {}),
          },
        }),
      ),
    { done: STEPS.decide.done, refresh: CHANGED },
  );
  return (
    <FormDialog<Given>
      title={`核定：${of.enterpriseName}`}
      action={`核定 ${formatYuan(decisions.total)} 元`}
      initial={{ panel: { decidedOn: today } }}
      act={decide}
      onDone={() => {
        void decisions.discard();
        onDone();
      }}
      onClose={onClose}
    >
      <p>
        按规定应得 <Money value={of.demand} withUnit />
        ，核定 {formatYuan(decisions.total)} 元
        {lines.length > 0 ? `，其中 ${lines.length} 项核减或不予补贴` : '，各项按规定金额'}。
      </p>
      <p>核定时按现在的限额和其他申请再计算一遍。核定后随本批一并公示，公示以前可以退回补正。</p>
      {!needed && (
        <Form.Item name="withPanel" valuePropName="checked">
          <Checkbox>经集体研究</Checkbox>
        </Form.Item>
      )}
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) =>
          (needed || getFieldValue('withPanel')) && (
            <PanelFields
              why={
                needed
                  ? { message: clause?.text ?? '须经集体研究', cites: clause?.citation ? [clause.citation] : [] }
                  : undefined
              }
            />
          )
        }
      </Form.Item>
    </FormDialog>
  );
}
