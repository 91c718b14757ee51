import { expect, test } from 'vitest';
import type { DomainError } from '../../src/errors.ts';
import { assertPanelSound } from '../../src/parties/panel.ts';

const panel = { decidedOn: '2026-10-10', members: ['甲', '乙'], recused: ['丙'], substitutes: ['丁'] };
const faults = (change: Partial<typeof panel>) => {
  try {
    assertPanelSound({ ...panel, ...change }, '2026-10-10');
    return [];
  } catch (error) {
    return (error as DomainError).errors.map(({ field, message }) => `${field} ${message}`);
  }
};

test('A panel names everybody once, in one role, on a day that has come', () => {
  expect(faults({})).toEqual([]);
  expect(faults({ decidedOn: '2026-10-11' })).toEqual(['panel.decidedOn 集体研究日期 2026-10-11 晚于今天 2026-10-10']);
});

test.each([
  [{ members: ['甲', '丙'] }, 'panel.recused 「丙」不能既是参加人员又是回避人员'],
  [{ substitutes: ['丙'] }, 'panel.substitutes 「丙」不能既是回避人员又是候补人员'],
  [{ substitutes: ['甲'] }, 'panel.substitutes 「甲」不能既是参加人员又是候补人员'],
  [{ members: ['甲', ' 甲 '] }, 'panel.members 参加人员「 甲 」重复'],
])('Whoever was recused does not decide, and nobody stands in for himself: %j', (change, message) => {
  expect(faults(change)).toEqual([message]);
});
