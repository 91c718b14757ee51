import { STEPS, type Step } from './types.ts';

const TITLES: Record<Step, string> = {
  scheme: '选择政策',
  facts: '企业与账户',
  lines: '费用明细',
  papers: '上传材料',
  check: '自查与提交',
};

/** Where one is in the form, and the way to its other steps. `reach`: those one may go to. On a phone only the step one is at is written out. */
export function StepsNav({ at, reach, onGo }: { at: Step; reach: readonly Step[]; onGo(step: Step): void }) {
  return (
    <nav className="form-steps no-print" aria-label="填写步骤">
      <ol>
        {STEPS.map((step, i) => (
          <li key={step} className={step === at ? 'here' : undefined}>
            <button
              type="button"
              disabled={!reach.includes(step)}
              aria-current={step === at ? 'step' : undefined}
              onClick={() => onGo(step)}
            >
              <span className="number">{i + 1}</span> <span className="word">{TITLES[step]}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
