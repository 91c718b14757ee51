import { Alert, Button, Checkbox, Form, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { LineCheck, SubsidyLine } from '../../parts/subsidy/SubsidyLine.tsx';
import type { Check, Judged } from '../../parts/subsidy/types.ts';
import { VoucherTable } from '../../parts/subsidy/VoucherTable.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import type { Step } from './types.ts';
import type { Estimate } from './useEstimate.ts';

interface Props {
  estimate: Estimate;
  onGo(step: Step, line?: number): void;
}

/** 自查: what one may get and why, what is missing and where to put it right, what is not eligible by which article; then the promise. */
export function CheckStep({ estimate: { judged, error, isFetching }, onGo }: Props) {
  if (error) return <ProblemAlert error={error} />;
  if (!judged)
    return isFetching ? <Skeleton active /> : <Alert type="info" showIcon title="还没有填写费用，无法自查。" />;
  const missing = lackingOf(judged);
  const against = judged.checks.filter(({ verdict }) => verdict === 'fail');
  return (
    <>
      <section aria-labelledby="check">
        <h2 id="check">自查结果{isFetching && <span className="hint">　正在核对……</span>}</h2>
        <p className="big">
          按规定最多可得 <Money value={judged.amount} withUnit />
          <Why of={judged.explanation as Explanation} title="这个金额怎样得出" />
        </p>
        <p className="hint-line">{resultOf(judged)}最终以审核、公示和年度预算分配的结果为准。</p>
        <Missing missing={missing} onGo={onGo} />
        {against.length > 0 && (
          <>
            <h3>企业不符合申报条件</h3>
            {against.map((check) => (
              <LineCheck key={check.code} check={check} />
            ))}
          </>
        )}
      </section>
      {judged.lines.map((line) => (
        <SubsidyLine key={line.place} line={line}>
          {line.kind === 'interest' && <VoucherTable vouchers={line.vouchers} name={line.name} />}
        </SubsidyLine>
      ))}
      <Pledge pledge={judged.pledge} />
    </>
  );
}

/** What is missing, each with the way to where it is put right; papers together, since they are handed in at one place. */
function Missing({ missing, onGo }: { missing: Check[]; onGo: Props['onGo'] }) {
  const papers = missing.filter(({ code }) => code === 'PAPER_MISSING');
  const others = missing.filter(({ code }) => code !== 'PAPER_MISSING');
  if (missing.length === 0) return null;
  return (
    <div id="missing" tabIndex={-1}>
      <h3>还缺 {missing.length} 项，补齐后才能提交</h3>
      {others.map((check) => {
        const [first = '', place] = (check.field ?? '').split('.');
        const go = () => (first === 'lines' ? onGo('lines', place ? Number(place) : undefined) : onGo('facts'));
        return (
          <Lacking key={`${check.code}${check.field}${check.value}`} says={check.message} cites={check.cites}>
            <Button size="small" onClick={go}>
              去填写
            </Button>
          </Lacking>
        );
      })}
      {papers.length > 0 && (
        <Lacking
          says={`请上传${papers.map(({ message }) => message.replace(/^请上传/, '')).join('、')}`}
          cites={papers.flatMap(({ cites }) => cites)}
        >
          <Button size="small" onClick={() => onGo('papers')}>
            去上传
          </Button>
        </Lacking>
      )}
    </div>
  );
}

function Lacking({ says, cites, children }: { says: string; cites: Check['cites']; children: ReactNode }) {
  return (
    <div className="check missing">
      <Toned tone="past">缺少</Toned>
      <div className="said">
        {says}
        <Cites cites={cites} />
      </div>
      {children}
    </div>
  );
}

/** What is missing but for the promise, which is made right here. */
export const lackingOf = ({ missing }: Judged): Check[] => missing.filter(({ code }) => code !== 'PLEDGE_MISSING');

function resultOf({ lines, eligible }: Judged): string {
  const out = lines.filter(({ checks }) => checks.some(({ verdict }) => verdict === 'fail'));
  if (!eligible) return '企业目前不符合申报条件，不能提交。';
  if (out.length === lines.length) return '各项费用都不符合规定，不能提交。';
  if (out.length > 0) return `${out.length} 项费用不符合规定，不计入，可以删除；其余各项不受影响。`;
  return '各项费用均在补贴范围内。';
}

function Pledge({ pledge: { title, text, cites } }: { pledge: Judged['pledge'] }) {
  return (
    <section aria-labelledby="pledge">
      <h2 id="pledge">{title}</h2>
      <div className="pledge">
        {text
          .split('\n')
          .slice(1)
          .map((line) => (
            <p key={line}>{line}</p>
          ))}
      </div>
      <Cites cites={cites} />
      <Form.Item
        name="pledged"
        valuePropName="checked"
        rules={[
          {
            validator: async (_, value) => {
              if (!value) throw new Error(`提交前请阅读并同意${title}`);
            },
            warningOnly: true,
          },
        ]}
      >
        <Checkbox>本企业已阅读并同意上述{title}</Checkbox>
      </Form.Item>
    </section>
  );
}
