import type { LocalDate } from '../calendar/local-date.ts';

/** 资质, code on the wire and Chinese in files and on paper. */
export const TITLES = {
  nationalHighTech: '国家高新技术企业',
  techSme: '科技型中小企业',
  gazelle: '瞪羚企业',
  fledgling: '雏鹰企业',
  techLittleGiant: '科技小巨人企业',
  agriHighTech: '农业高新技术企业',
  innovationBenchmark: '创新型标杆企业',
  specializedNew: '专精特新企业',
} as const;
export type TitleKind = keyof typeof TITLES;

/** A title an enterprise holds, by its certificate; it counts from its first to its last day, both included. */
export interface Title {
  kind: TitleKind;
  certificateNo: string;
  validFrom: LocalDate;
  validTo: LocalDate;
}

/** Whether a title counts on a day. */
export function isValidOn({ validFrom, validTo }: Title, on: LocalDate): boolean {
  return validFrom <= on && on <= validTo;
}
