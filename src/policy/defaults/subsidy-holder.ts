import type { ClauseCitation } from '../clause.ts';
import type { Folder } from '../folder.ts';
import { type SubsidyHolderClause, subsidyHolder } from '../kinds/subsidy-holder.ts';
import type { LineDate } from '../kinds/subsidy-line.ts';

const LABELS = {
  nationalHighTech: '国家高新技术企业',
  techSme: '科技型中小企业',
  gazelle: '瞪羚企业',
  unicorn: '独角兽企业',
  talent: '科技领军人才企业',
  advancedService: '技术先进型服务企业',
  chainLeader: '链主企业',
  specializedNew: '专精特新企业',
  specializedNewGiant: '专精特新「小巨人」企业',
  innovativeSme: '创新型中小企业',
  provincialInnovative: '省级科技创新型企业',
  techLittleGiant: '科技小巨人企业',
  registeredTech: '科技主管部门备案的科技型企业',
} as const;

/** Which of these titles an enterprise must hold, with three worked cases. @param on which day must lie within the title's validity */
export function titleHolder(
  { code, document }: Folder,
  titles: (keyof typeof LABELS)[],
  citation: ClauseCitation,
  { on = 'appliedOn', withinMonthsOfRecognition }: { on?: LineDate; withinMonthsOfRecognition?: number } = {},
): SubsidyHolderClause {
  const { effectiveFrom } = document;
  const year = Number(effectiveFrom.slice(0, 4)) + 1;
  const kind = titles[0]!;
  const held = { kind, certificateNo: 'A001', validFrom: `${year}-01-01`, validTo: `${year + 2}-12-31` };
  const ask = (date: string) => ({ dates: { [on]: date }, titles: [held] });
  return subsidyHolder({
    id: `${code}.holder`,
    title: '企业资质',
    versions: [
      {
        effectiveFrom,
        value: {
          anyOf: titles.map((title) => ({ code: title, label: LABELS[title] })),
          on,
          ...(withinMonthsOfRecognition ? { withinMonthsOfRecognition } : {}),
        },
        citation,
      },
    ],
    cases: [
      { says: '资质有效期第一天可以', on: `${year}-01-01`, input: ask(`${year}-01-01`), expected: { holds: kind } },
      {
        says: '资质有效期开始前一天不可以',
        on: `${year}-01-01`,
        input: ask(`${year - 1}-12-31`),
        expected: { lacks: 'title' },
      },
      {
        says: '没有所列资质的不可以',
        on: `${year}-01-01`,
        input: { ...ask(`${year}-06-01`), titles: [{ ...held, kind: 'fledgling' }] },
        expected: { lacks: 'title' },
      },
    ],
  });
}
