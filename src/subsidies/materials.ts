import { type Check, checksOf } from '../policy/check.ts';
import type { ClauseVersion } from '../policy/clause.ts';
import { papersFor, type SubsidyPapers, type SubsidyPapersClause } from '../policy/kinds/subsidy-papers.ts';
import type { ApplicationRequest } from './request.ts';

/** Papers that the application answers itself, so that nobody uploads them; others are files. */
const ANSWERED: Record<string, { says: string; holds: (request: ApplicationRequest) => boolean }> = {
  applicationForm: { says: '由系统按填报内容生成', holds: () => true },
  integrityPledge: { says: '在线签订', holds: ({ pledged }) => pledged },
  receivingAccount: { says: '已在申请中填报', holds: ({ payee }) => payee.accountNo !== '' },
};
/** What may be handed in besides. */
export const OTHER_MATERIAL = { code: 'other', label: '其他材料' };

/** One paper an application must have. `answered`: how the application answers it itself; null: a file is handed in. */
export interface WantedMaterial {
  code: string;
  label: string;
  /** the kinds of cost that ask for it; none: every application does */
  kinds: string[];
  answered: string | null;
}

/** The papers of an application by the kinds of its lines, in the clause's order. */
export function wantedMaterials(value: SubsidyPapers, { lines }: Pick<ApplicationRequest, 'lines'>): WantedMaterial[] {
  const kinds = [...new Set(lines.map(({ kind }) => kind))];
  return papersFor(value, kinds).map(({ code, label }) => ({
    ...{ code, label, answered: ANSWERED[code]?.says ?? null },
    kinds: value.all.some((one) => one.code === code)
      ? []
      : value.byKind
          .filter((own) => kinds.includes(own.kind) && own.papers.some((p) => p.code === code))
          .map((own) => own.kind),
  }));
}

/** What is lacking of the papers, each as a failed check. @param handed codes of the papers that were handed in as files */
export function lackingMaterials(
  clause: SubsidyPapersClause,
  version: ClauseVersion<SubsidyPapers>,
  request: ApplicationRequest,
  handed: readonly string[],
): Check[] {
  const { fail } = checksOf(clause, version);
  const answered = Object.keys(ANSWERED).filter((code) => ANSWERED[code]!.holds(request));
  const kinds = [...new Set(request.lines.map(({ kind }) => kind))];
  const lacking = clause.apply(version.value, { kinds, has: [...handed, ...answered] });
  return wantedMaterials(version.value, request)
    .filter(({ code }) => lacking.includes(code) && !Object.hasOwn(ANSWERED, code))
    .map(({ code, label }) => fail('PAPER_MISSING', `请上传${label}`, { field: 'papers', value: code }));
}
