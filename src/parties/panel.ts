import type { LocalDate } from '../calendar/local-date.ts';
import { DomainError, type Fault } from '../errors.ts';
import { foldName } from './uscc.ts';

/** 集体研究: who decided, who kept away because concerned, and who stood in for them. */
export interface PanelDecision {
  decidedOn: LocalDate;
  members: string[];
  recused: string[];
  substitutes: string[];
}

const ROLES = { members: '参加人员', recused: '回避人员', substitutes: '候补人员' } as const;
type Role = keyof typeof ROLES;

/**
 * Whether a panel can have decided as it is told: everybody is named once and in one role, so that whoever was recused did not decide, and the day has come.
 * @throws DomainError PANEL_INVALID (422) naming each fault
 */
export function assertPanelSound(panel: PanelDecision, today: LocalDate): void {
  const errors: Fault[] = [];
  const fault = (field: keyof PanelDecision, value: string, message: string) =>
    errors.push({ code: 'PANEL_INVALID', field: `panel.${field}`, value, message });
  const seen = new Map<string, Role>();
  for (const role of Object.keys(ROLES) as Role[])
    for (const name of panel[role]) {
      const before = seen.get(foldName(name));
      if (before === role) fault(role, name, `${ROLES[role]}「${name}」重复`);
      else if (before) fault(role, name, `「${name}」不能既是${ROLES[before]}又是${ROLES[role]}`);
      else seen.set(foldName(name), role);
    }
  if (panel.decidedOn > today) fault('decidedOn', panel.decidedOn, `集体研究日期 ${panel.decidedOn} 晚于今天 ${today}`);
  if (errors.length > 0) throw new DomainError('PANEL_INVALID', errors[0]!.message, { errors });
}
