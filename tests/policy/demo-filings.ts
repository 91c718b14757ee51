import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { localDate } from '../../src/calendar/local-date.ts';
import { LPR_DEMONSTRATION, LPR_TABLE } from '../../src/calendar/lpr-table.ts';
import { HOLIDAY_NOTICES } from '../../src/calendar/notices.ts';
import { money, ZERO } from '../../src/money/money.ts';
import { ratePercent } from '../../src/money/rate.ts';
import { fromWan } from '../../src/money/wan.ts';
import type { FilingContext, FilingFacts } from '../../src/policy/filing.ts';

export const CONTEXT: FilingContext = { lprQuotes: [...LPR_TABLE, ...LPR_DEMONSTRATION], notices: HOLIDAY_NOTICES };

const TITLES: Record<string, string> = {
  国家高新技术企业: 'nationalHighTech',
  科技小巨人企业: 'techLittleGiant',
  农业高新技术企业: 'agriHighTech',
  科技型中小企业: 'techSme',
  瞪羚企业: 'gazelle',
  雏鹰企业: 'fledgling',
};
const PURPOSES: Record<string, string> = {
  研发投入: 'rnd',
  中试线设备采购: 'pilotLine',
  购买原材料用于成果转化: 'materials',
  技术改造: 'upgrade',
};

function read(file: string, encoding: string): string[][] {
  const bytes = readFileSync(new URL(`../../prisma/demo/${file}`, import.meta.url));
  return Papa.parse<string[]>(new TextDecoder(encoding).decode(bytes), { skipEmptyLines: true }).data;
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

const enterprises = new Map(
  read('enterprises.csv', 'utf-8')
    .slice(1)
    .map(([uscc, , place, , staff, assets, revenue, , , title, certificateNo, validFrom, validTo]) => [
      uscc!,
      {
        registeredAt: place!,
        staff: Number(staff),
        assets: fromWan(assets!),
        revenue: fromWan(revenue!),
        titles: [{ kind: TITLES[title!]!, certificateNo: certificateNo!, validFrom: validFrom!, validTo: validTo! }],
      },
    ]),
);

/** The rows of a bank's demonstration file as facts; what cannot be read is left out, as an import does. */
export function demoFilings(file: string, encoding: string, filedOn: string, region: string) {
  return read(file, encoding)
    .filter(([seq]) => /^\d+$/.test(seq ?? ''))
    .map((cells) => {
      const [seq, , uscc, contractNo, , lent, filed, rate, from, to, , , , first, purposeText] = cells as string[];
      const facts: FilingFacts = {
        filedOn,
        poolRegions: [region],
        filing: {
          contractNo,
          principal: attempt(() => money(lent!.replaceAll(',', ''))),
          countedPrincipal: attempt(() => money(filed!.replaceAll(',', ''))),
          annualRate: attempt(() => ratePercent(rate!)),
          disbursedOn: attempt(() => localDate(from!.replaceAll('/', '-'))),
          maturesOn: attempt(() => localDate(to!)),
          purpose: PURPOSES[purposeText!] ?? 'other',
          purposeText,
          firstLoan: first === '是' ? true : first === '否' ? false : undefined,
        },
        enterprise: enterprises.get(uscc!),
        enterpriseCounted: ZERO,
        previousLoans: 0,
      };
      return { seq: seq!, facts };
    });
}
