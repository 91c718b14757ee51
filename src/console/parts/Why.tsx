import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { Cite } from '../api.ts';
import { Cites } from './Cites.tsx';

/** 计算过程 as the API gives it: a result, and what it was computed from. */
export interface Explanation {
  label: string;
  value: string;
  cites?: Cite[];
  inputs?: Explanation[];
}

/** 「为什么」: opens how a figure came about, each step with its articles. */
export function Why({ of: explanation, title }: { of: Explanation | null | undefined; title?: string }) {
  const [open, setOpen] = useState(false);
  if (!explanation) return null;
  return (
    <>
      <Button type="link" size="small" className="why" onClick={() => setOpen(true)}>
        为什么
      </Button>
      <Drawer title={title ?? explanation.label} open={open} onClose={() => setOpen(false)} size={560}>
        <ul className="explanation">
          <Step step={explanation} />
        </ul>
      </Drawer>
    </>
  );
}

function Step({ step }: { step: Explanation }) {
  return (
    <li>
      <div className="step">
        <span>{step.label}</span>
        <strong className="figure">{step.value}</strong>
      </div>
      <Cites cites={step.cites ?? []} />
      {step.inputs && step.inputs.length > 0 && (
        <ul>
          {step.inputs.map((input) => (
            <Step key={`${input.label}${input.value}`} step={input} />
          ))}
        </ul>
      )}
    </li>
  );
}
