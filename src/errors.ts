/** A policy article a decision or a figure rests on. `confirmed: false` prints 「示例参数，未经主管部门核实」. */
export interface Citation {
  /** Document title with its number, e.g. 《宁夏科技型中小企业风险补偿贷款管理办法》 */
  document: string;
  /** 条/款/项, e.g. 第二条 */
  article: string;
  confirmed: boolean;
  /** Where we read it, or why we assume it. */
  source?: string;
}

/** One fault of an input: where it is, what was given, what rule it breaks. `message` is Chinese, for the sender. */
export interface Fault {
  code: string;
  field?: string;
  value?: string;
  message: string;
  cites?: Citation[];
  /** Physical line of a file (1-based). */
  row?: number;
  /** 序号 as the file gives it. */
  seq?: string;
}

/**
 * A refusal that the domain decides. `code` is stable for machines, `message` is Chinese for people,
 * `status` is the HTTP status it becomes (422 unless it is about permission, absence or conflict).
 */
export class DomainError extends Error {
  readonly code: string;
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
  readonly cites: Citation[];
  readonly errors: Fault[];
  constructor(
    code: string,
    message: string,
    more: { status?: DomainError['status']; cites?: Citation[]; errors?: Fault[] } = {},
  ) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.status = more.status ?? 422;
    this.cites = more.cites ?? [];
    this.errors = more.errors ?? [];
  }
}
