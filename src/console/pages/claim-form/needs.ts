/** What a document asks of a loan that neither its filing nor its reports say: which facts, which amounts for its ceilings, and which parties bear a part. */
export interface Needs {
  facts: { firstTimeBorrower: boolean; creditShare: boolean; ipShare: boolean; size: boolean };
  /** kinds of projects that have shares of their own, with the words of their row */
  projectKinds: { value: string; label: string }[];
  /** bearers whose percentage the loan's contract says */
  agreed: { bearer: string; label: string }[];
  amounts: { publicMoney: boolean; lastYearBalance: boolean; guaranteedInYear: boolean };
  parties: { guarantor: boolean; reguarantor: boolean; insurer: boolean; nationalFund: boolean };
}

/** Part of the values of the clauses 风险分担 and 补偿上限, as far as it matters here. */
export interface SharesValue {
  shares?: Share[];
  rows?: { label: string; when: Condition[]; shares: Share[] }[];
  bonus?: { items: { label: string; when?: Condition[] }[] };
  countsOnly?: { fact: string };
}
interface Share {
  bearer: string;
  label: string;
  percent: string;
}
type Condition = { projectKinds?: string[] } & Record<string, unknown>;
export interface CapsValue {
  caps: { scope: string; base?: string }[];
}

/** Reads what is needed out of the clauses themselves, so that another document asks its own questions. */
export function needsOf(shares: SharesValue | null | undefined, caps: CapsValue | null | undefined): Needs {
  const rows = shares?.rows ?? [];
  const items = shares?.bonus?.items ?? [];
  const labelled = [...rows, ...items].flatMap(({ label, when }) => (when ?? []).map((one) => ({ label, one })));
  const asks = (fact: string) => labelled.some(({ one }) => fact in one) || shares?.countsOnly?.fact === fact;
  const bearers = [...(shares?.shares ?? []), ...rows.flatMap((row) => row.shares)];
  const bears = (code: string) => bearers.some(({ bearer }) => bearer === code);
  const base = (name: string) => caps?.caps.some((cap) => cap.base === name) ?? false;
  const kinds = labelled.flatMap(({ label, one }) =>
    (one.projectKinds ?? []).map((value) => [value, { value, label }] as const),
  );
  const agreed = bearers.filter(({ percent }) => percent === 'agreed').map((one) => [one.bearer, one] as const);
  return {
    facts: {
      ...{ firstTimeBorrower: asks('firstTimeBorrower'), creditShare: asks('creditShare') },
      ...{ ipShare: asks('ipShare'), size: asks('size') },
    },
    projectKinds: [...new Map(kinds).values()],
    agreed: [...new Map(agreed).values()].map(({ bearer, label }) => ({ bearer, label })),
    amounts: {
      publicMoney: caps?.caps.some(({ scope }) => scope === 'publicMoney') ?? false,
      ...{ lastYearBalance: base('lastYearBalance'), guaranteedInYear: base('guaranteedInYear') },
    },
    parties: {
      ...{ guarantor: bears('guarantor'), reguarantor: bears('reguarantor') },
      ...{ insurer: bears('insurer'), nationalFund: bears('nationalFund') },
    },
  };
}

/** Whether anything is asked at all. */
export const asksAnything = ({ facts, projectKinds, agreed, amounts, parties }: Needs): boolean =>
  [...Object.values(facts), ...Object.values(amounts), ...Object.values(parties)].some(Boolean) ||
  projectKinds.length > 0 ||
  agreed.length > 0;
