import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { LPR_DEMONSTRATION, LPR_TABLE } from '../../src/calendar/lpr-table.ts';
import { HOLIDAY_NOTICES } from '../../src/calendar/notices.ts';
import { money } from '../../src/money/money.ts';
import { fromWan } from '../../src/money/wan.ts';
import { TITLES, type TitleKind } from '../../src/parties/title.ts';
import type { FilingContext } from '../../src/policy/filing.ts';
import type { Applicant, ApplicationFacts, SubsidyItem } from '../../src/subsidies/facts.ts';

const DEMO = new URL('../../prisma/demo/', import.meta.url);

/** What rules need beside their clauses: the demonstration's rates and holidays. */
export const RULES: FilingContext = { lprQuotes: [...LPR_TABLE, ...LPR_DEMONSTRATION], notices: HOLIDAY_NOTICES };

/** Rows of one of the demonstration's input files, by column name. */
export function demoRows(file: string): Record<string, string>[] {
  const text = new TextDecoder('utf-8').decode(readFileSync(new URL(file, DEMO)));
  return Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true }).data;
}

export const plain = (amount: string) => money(amount.replaceAll(',', ''));

/** The enterprises of the demonstration as applicants, by code. */
export function demoApplicants(): Map<string, Applicant> {
  const kinds = new Map(Object.entries(TITLES).map(([kind, label]) => [label as string, kind as TitleKind]));
  return new Map(
    demoRows('enterprises.csv').map((row) => [
      row.统一社会信用代码!,
      {
        uscc: row.统一社会信用代码!,
        registeredAt: row.登记所在地!,
        titles: [
          {
            ...{ kind: kinds.get(row.资质!)!, certificateNo: row.证书编号! },
            ...{ validFrom: row.有效期起!, validTo: row.有效期止! },
          },
        ],
        revenue: fromWan(row['营业收入(万元)']!),
        previousRevenue: fromWan(row['上年营业收入(万元)']!),
        rndExpense: fromWan(row['研发费用(万元)']!),
      },
    ]),
  );
}

/** The premiums of 2026 as applications of the year, one an enterprise, by code. */
export function demoPremiums(appliedOn: string): Map<string, ApplicationFacts> {
  const applicants = demoApplicants();
  const byEnterprise = Map.groupBy(demoRows('premiums-2026.csv'), (row) => row.统一社会信用代码!);
  return new Map(
    [...byEnterprise].map(([uscc, rows]) => [
      uscc,
      {
        ...{ appliedOn, year: 2026, applicant: applicants.get(uscc)!, history: { earlier: [] } },
        items: rows.map(premiumItem),
      },
    ]),
  );
}

function premiumItem(row: Record<string, string>): SubsidyItem {
  return {
    kind: 'premium',
    name: row.险种!,
    dates: { startsOn: row.保险起期!, endsOn: row.保险止期!, paidOn: row.付款日期! },
    cost: plain(row['实付保费(含税,元)']!),
    otherMoney: money('0.00'),
    class: row.类别!,
    partner: true,
    termMonths: 12,
  };
}
