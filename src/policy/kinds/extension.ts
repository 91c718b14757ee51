import { z } from 'zod';
import { addMonths, type LocalDate } from '../../calendar/local-date.ts';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec, ClauseVersion } from '../clause.ts';
import { derived, given } from '../explanation.ts';
import { months } from '../values.ts';

const schema = z.strictObject({
  times: z.int().min(1),
  months,
  /** Whether the loan's reserve stays occupied while it is extended. */
  keepsReserve: z.boolean(),
});
export type Extension = z.infer<typeof schema>;
export interface ExtensionFacts {
  askedOn: LocalDate;
  /** The maturity as it stands before this extension. */
  maturesOn: LocalDate;
  newMaturesOn: LocalDate;
  previousExtensions: number;
}

/** How a loan is extended (展期): asked before maturity. Answers the latest new maturity for an old one. */
export function extension(spec: ClauseSpec<Extension, LocalDate, LocalDate>): Clause<Extension, LocalDate, LocalDate> {
  return {
    ...spec,
    resolvedBy: 'askedOn',
    schema,
    describe: (value) =>
      `到期前提出，最多 ${value.times} 次，每次不超过 ${value.months} 个月${value.keepsReserve ? '，展期内继续占用准备金' : ''}`,
    apply: (value, maturesOn) => addMonths(maturesOn, value.months),
  };
}

/** Codes: EXTENSION, EXTENSION_AFTER_MATURITY, EXTENSION_REPEATED, EXTENSION_NOT_LATER, EXTENSION_TOO_LONG. */
export function judgeExtension(
  clause: Clause<Extension, LocalDate, LocalDate>,
  version: ClauseVersion<Extension>,
  { askedOn, maturesOn, newMaturesOn, previousExtensions }: ExtensionFacts,
): Check[] {
  const { cites, pass, fail } = checksOf(clause, version);
  const last = clause.apply(version.value, maturesOn);
  const explanation = derived('展期最迟到期日', last, cites, [
    given('原到期日', maturesOn),
    given('最长展期', `${version.value.months} 个月`),
  ]);
  const at = { field: 'newMaturesOn', value: newMaturesOn };
  const found: Check[] = [];
  if (askedOn >= maturesOn) {
    const message = `展期应在到期日 ${maturesOn} 之前提出，申请日 ${askedOn} 已到期`;
    found.push(fail('EXTENSION_AFTER_MATURITY', message, { field: 'askedOn', value: askedOn }));
  }
  if (previousExtensions >= version.value.times) {
    found.push(
      fail('EXTENSION_REPEATED', `该笔贷款已展期 ${previousExtensions} 次，最多展期 ${version.value.times} 次`),
    );
  }
  if (newMaturesOn <= maturesOn) {
    found.push(fail('EXTENSION_NOT_LATER', `展期后到期日 ${newMaturesOn} 应晚于原到期日 ${maturesOn}`, at));
  } else if (newMaturesOn > last) {
    found.push(
      fail('EXTENSION_TOO_LONG', `展期后到期日 ${newMaturesOn} 超过最迟到期日 ${last}`, { ...at, explanation }),
    );
  }
  if (found.length > 0) return found;
  return [pass('EXTENSION', `可以展期至 ${newMaturesOn}，最迟可至 ${last}`, { explanation })];
}
