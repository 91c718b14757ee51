import { z } from 'zod';
import type { LocalDate } from '../../calendar/local-date.ts';
import { addWorkingDays, type HolidayNotice } from '../../calendar/working-days.ts';
import type { Clause, ClauseSpec } from '../clause.ts';

const step = z.strictObject({
  code: z.string().min(1),
  label: z.string().min(1),
  workingDays: z.int().min(1).max(250),
});
const schema = z
  .strictObject({ steps: z.array(step).min(1) })
  .refine(({ steps }) => new Set(steps.map(({ code }) => code)).size === steps.length, { error: '步骤不得重复' });
export type ReviewClocks = z.infer<typeof schema>;

export interface ReviewClocksInput {
  /** The day the claim, with all its papers, was received. */
  submittedOn: LocalDate;
  /** The day each step was done, by its code. */
  done: Readonly<Record<string, LocalDate>>;
  today: LocalDate;
  notices: HolidayNotice[];
}

/** One step of a claim's way. A step runs from the day the one before it was done; `waiting` until then. */
export interface Clock {
  step: string;
  label: string;
  startedOn: LocalDate | null;
  dueOn: LocalDate | null;
  /** True when the due day lies in a year without holiday notice. */
  provisional: boolean;
  doneOn: LocalDate | null;
  state: 'waiting' | 'running' | 'late' | 'done' | 'doneLate';
}
export type ReviewClocksClause = Clause<ReviewClocks, ReviewClocksInput, Clock[]>;

/** How many working days each step of a claim may take; the day a step begins does not count. */
export function reviewClocks(spec: ClauseSpec<ReviewClocks, ReviewClocksInput, Clock[]>): ReviewClocksClause {
  return {
    ...spec,
    unit: '工作日',
    resolvedBy: 'claimedOn',
    schema,
    describe: ({ steps }) => steps.map(({ label, workingDays }) => `${label} ${workingDays} 个工作日内办结`).join('，'),
    apply: ({ steps }, { submittedOn, done, today, notices }) => {
      let begins: LocalDate | null = submittedOn;
      return steps.map(({ code, label, workingDays }) => {
        const startedOn = begins;
        const due = startedOn === null ? null : addWorkingDays(startedOn, workingDays, notices);
        const doneOn = done[code] ?? null;
        begins = doneOn;
        const [dueOn, provisional] = [due?.date ?? null, due?.provisional ?? false];
        return { step: code, label, startedOn, dueOn, provisional, doneOn, state: stateOf(dueOn, doneOn, today) };
      });
    },
  };
}

function stateOf(dueOn: LocalDate | null, doneOn: LocalDate | null, today: LocalDate): Clock['state'] {
  if (dueOn === null) return 'waiting';
  if (doneOn !== null) return doneOn > dueOn ? 'doneLate' : 'done';
  return today > dueOn ? 'late' : 'running';
}
