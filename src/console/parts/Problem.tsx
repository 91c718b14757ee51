import { Alert, Button, Result, Typography } from 'antd';
import type { AlertRef } from 'antd/es/alert/Alert';
import { useEffect, useRef } from 'react';
import { Problem } from '../api.ts';
import { Cites } from './Cites.tsx';

/** A refusal as people need it: what is wrong, where, by which rule, and the number to quote when asking for help. */
export function ProblemAlert({ error, retry }: { error: unknown; retry?: () => void }) {
  const alert = useRef<AlertRef>(null);
  // It may stand above a form that is longer than the screen.
  useEffect(() => {
    void alert.current?.nativeElement.scrollIntoView({ block: 'nearest' });
  }, [error]);
  if (!error) return null;
  const { message, errors: all, cites: own, requestId } = asProblem(error);
  // A single fault is told by the title already: only its articles are left to show.
  const told = all.length === 1 && message.includes(all[0]!.message);
  const errors = told ? [] : all;
  const cites = told ? [...own, ...(all[0]!.cites ?? [])] : own;
  return (
    <Alert
      ref={alert}
      type="error"
      showIcon
      role="alert"
      title={message}
      description={
        <>
          {errors.length > 0 && (
            <ul className="faults">
              {errors.slice(0, 20).map((fault) => (
                <li key={`${fault.row ?? ''}-${fault.field ?? ''}-${fault.code}-${fault.message}`}>
                  {fault.row ? `第 ${fault.row} 行：` : ''}
                  {fault.message}
                  {fault.value !== undefined && !fault.message.includes(fault.value) && (
                    <Typography.Text type="secondary">（{fault.value}）</Typography.Text>
                  )}
                  <Cites cites={fault.cites ?? []} />
                </li>
              ))}
              {errors.length > 20 && <li>另有 {errors.length - 20} 处</li>}
            </ul>
          )}
          {!errors.some((fault) => fault.cites?.length) && <Cites cites={cites} />}
          {requestId && (
            <Typography.Text type="secondary" copyable={{ text: requestId, tooltips: ['复制', '已复制'] }}>
              请求编号 {requestId}
            </Typography.Text>
          )}
        </>
      }
      action={retry && <Button onClick={retry}>重试</Button>}
    />
  );
}

/** The same for a whole page that could not be shown. */
export function ProblemPage({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = asProblem(error);
  if (problem.status === 403)
    return <Result className="refused" status="info" title="无权查看" subTitle={problem.message} />;
  if (problem.status === 404) return <Result status="warning" title="没有找到" subTitle={problem.message} />;
  return (
    <div className="page">
      <ProblemAlert error={error} retry={retry} />
    </div>
  );
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { code: 'PAGE', detail: '页面出错，请刷新后重试' });
}
