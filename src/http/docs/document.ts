import type { OpenAPIHono } from '@hono/zod-openapi';
import packageJson from '../../../package.json' with { type: 'json' };
import { NEVER_KEPT } from '../idempotency.ts';
import type { Env } from '../router.ts';
import { CODE_LABELS, FIELD_NAMES } from './names.ts';

/** What we use of a JSON Schema (2020-12). */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  example?: unknown;
  default?: unknown;
  enum?: unknown[];
  pattern?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: boolean | Schema;
  [limit: string]: unknown;
}
export interface Parameter {
  $ref?: string;
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}
type Content = Record<string, { schema?: Schema }>;
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: object[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}
/** An OpenAPI 3.1 document, as far as we use it. */
export interface ApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter>; securitySchemes: object };
}

/** In the order in which a bank, then finance staff, then operators need them. */
const TAGS: Record<string, string> = {
  本人: '登录的人或密钥是谁、属于哪个机构或企业、能做什么。',
  首页: '各角色的首页：一句话的答复、要紧的数字和待办。',
  草稿: '未报送的表单、列的对应和更正的行，只有本人看得到。',
  备案: '银行逐笔报送贷款备案，合作单位审核；同意即入池，占用准备金并出具贷款同意函。',
  担保: '担保、再担保、保险机构对每笔贷款的责任余额、费率与代偿；由银行登记，代偿由担保机构登记。',
  熔断与暂停: '各行、合作单位和资金池的比率与警示线、暂停线；警示和暂停的记录，解除暂停须两人办理。',
  风险补偿:
    '银行对已发生的本金损失申请补偿：起草、提交、审核、两人审批、拨付；各方承担多少、逐项核对、办理时限；测算。',
  追偿与核销: '追偿回款及其分配、费用与利息、冲销、核销、退回补偿，以及应付各方款项的拨付。',
  贷款: '入池贷款的现状与变动；银行报送放款、还款、结清和展期。',
  月报: '银行按月报送贷款余额，与合同计算核对，列出缺报与差异。',
  文件导入: '以 CSV 或 XLSX 文件批量报送；逐行审核，问题清单可下载。',
  资金池: '资金池的设立、出资与配套，存款、准备金和可用额度。',
  结算: '按月结算，各方结算单的期初、增减与期末。',
  银行对账: '银行对账单的导入与核对，逐笔与总账对账，差异的处理，银行存款余额调节表。',
  三方对账: '银行月报、主管部门台账、资金池准备金逐笔核对，差异的说明。',
  结账: '每月结账的检查表、两人结账、跨期调整，年终结账与年度报表。结账以后不得重开。',
  总账: '会计科目、记账凭证、试算平衡、账簿校验与导出。总账只增不改。',
  单据: '贷款同意函、备案通知书、结算单、台账及其 PDF；凭验证码核对真伪。',
  附件: '补偿申请的材料：上传、查看与撤回。以内容的 SHA-256 保存，下载时核对。',
  任务: '后台任务的进度。',
  企业: '企业及其资质。',
  机构: '合作银行、合作单位等机构，合作期与账户。',
  补贴申请:
    '企业申请科技金融补贴：自查、起草、提交，县（市、区）推荐，形式审查、审计、逐项核定，异议；由文件导入纸质申请。',
  补贴拨付: '补贴预算与批次：公示、分配预算、批准、下达、拨付、退票与重新下达。',
  补贴异议与补充分配: '公示异议的列表和处理情况；异议不成立的项目在批次下达之后补充分配。',
  补贴更正: '条款或事实更正后重新核算已批准的补贴：多的补充分配，少的追回，原核定不变。',
  补贴追回: '追回已拨付的补贴：提出、复核、分次到账、缴回财政、撤销；弄虚作假的禁止申报。',
  政策条款: '每一条款在某日的取值、出处与算例；新取值由两人办理。',
  日历与利率: '贷款市场报价利率（LPR）、节假日安排与工作日。',
  用户: '谁能登录：邀请、停用、解锁、结束登录、重置动态口令，限系统管理员。',
  企业注册: '企业自行注册，由审核人员同意，或凭所在县（市、区）发放的绑定码绑定。',
  'API 密钥': '签发与撤销密钥，限系统管理员。',
  审计: '谁在何时做了什么；日志是否被改动。',
  审计档案: '一个账套一个年度的全部资料，附签名，可离线核验。',
  演示: '只在演示环境：推进业务日期，以便办理之后的事。',
  运行状况: '服务是否正常，无须密钥。',
};

/** What holds for every operation, as title and paragraph; the page and the document's description share it. */
export const CONVENTIONS: [title: string, text: string][] = [
  [
    '身份',
    '请求头 `X-API-Key` 携带密钥。密钥属于一个角色，多数还属于一个机构或企业，只能看到自己的数据。登录的人以会话访问同样的接口，范围相同。',
  ],
  [
    '签名',
    '密钥也可以不随请求传送，而用来签名；要求签名的密钥必须如此：`Authorization: NKD-HMAC-SHA256 KeyId=密钥编号,Time=UTC 时间,Nonce=16 至 64 位随机数,Signature=签名`。签名为小写十六进制的 HMAC-SHA256，密钥是密文的 SHA-256（32 字节），内容是方法、路径（连同查询串）、时间、随机数、正文的 SHA-256 五行，以换行符相连。时间相差五分钟以上、随机数用过的退回。算例和 curl、Python、Java、Node 的程序见 `docs/banks.md`。',
  ],
  [
    '金额、利率与日期',
    '金额和利率一律是文本，如 `"1234567.89"`（元，最多两位小数）、`"3.65"`（百分数）；JSON 数字会被退回。日期写作 `2026-04-10`，月份写作 `2026-04`，均为北京时间。不认识的字段会被退回。',
  ],
  [
    '重复提交',
    'POST 请求可带 `Idempotency-Key`（任意不重复的文本，最多 200 个字符）。相同的键和内容得到相同的答复，并带有 `Idempotent-Replay: true`；内容不同则退回（422）；前一次尚在处理则请稍后再试（409）。借据号、回单编号等业务编号另有防重，不带此键也不会重复入账。',
  ],
  [
    '频率',
    '超过上限的请求答复 429，请等 `Retry-After` 所说的秒数。每把密钥每分钟 6,000 次，其中文件 60 次；不需要密钥的核验、注册等，每个地址每分钟 30 次。',
  ],
  [
    '列表',
    '列表的答复为 `items`、`total` 和 `nextCursor`；将 `nextCursor` 作为 `cursor` 参数即得下一页，末页为 null。`sort=字段,-字段` 排序，`q` 查找；`format=xlsx` 或 `csv` 时答复为含全部行的文件，`columns` 选列。',
  ],
  [
    '问题',
    '不能办理的请求以 `application/problem+json`（RFC 9457）答复：`code` 供程序判断，`detail` 供人阅读，`errors` 逐项指出字段、所填的值、说明和所依据的条款，`requestId` 用于查询。',
  ],
];

let kept: ApiDocument | undefined;

/** The API's OpenAPI 3.1 document, made once: what the routes say, and what is the same for all of them. */
export function apiDocument(app: OpenAPIHono<Env>): ApiDocument {
  kept ??= describe(app);
  return kept;
}

function describe(app: OpenAPIHono<Env>): ApiDocument {
  const description = CONVENTIONS.map(([title, text]) => `## ${title}\n\n${text}`).join('\n\n');
  const { version, license } = packageJson;
  const info = { title: '宁科贷 API', version, description, license: { name: license, identifier: license } };
  const drawn = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
  });
  const document = JSON.parse(JSON.stringify(drawn)) as ApiDocument;
  document.components = {
    ...document.components,
    parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
    securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: CONVENTIONS[0]![1] } },
  };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) complete(operation, method, path);
  }
  for (const schema of Object.values(document.components.schemas)) nameFields(schema);
  const used = new Set(Object.values(document.paths).flatMap((item) => Object.values(item).flatMap((o) => o.tags)));
  document.tags = Object.entries(TAGS).flatMap(([name, text]) => (used.has(name) ? [{ name, description: text }] : []));
  return document;
}

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: '防止重复提交的键，见「重复提交」',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** An id, the header every writing operation takes, and Chinese names for all fields that have none. */
function complete(operation: Operation, method: string, path: string): void {
  operation.operationId =
    method +
    path
      .replace('/api/v1', '')
      .replace(/\W+([a-z])/gi, (_, c) => c.toUpperCase())
      .replace(/\W/g, '');
  for (const parameter of operation.parameters ?? []) {
    parameter.description ??= described(parameter.name, parameter.schema);
  }
  // What is answered in clear once is never kept, so that it cannot be repeated.
  if (method === 'post' && !NEVER_KEPT.test(path)) {
    operation.parameters = [
      ...(operation.parameters ?? []),
      { $ref: '#/components/parameters/IdempotencyKey' } as Parameter,
    ];
  }
  if (operation.parameters?.some(({ name, schema }) => name === 'format' && schema.enum?.includes('json'))) {
    const file = { schema: { type: 'string', format: 'binary' } };
    Object.assign(operation.responses[200]!.content!, { [XLSX]: file, 'text/csv': file });
  }
  const bodies = [operation.requestBody, ...Object.values(operation.responses)];
  for (const { schema } of bodies.flatMap((body) => Object.values(body?.content ?? {}))) if (schema) nameFields(schema);
}

/** Notes of a kind of value that say nothing about the field itself: joined to its name. */
const UNITS: Record<string, string> = { '金额（元），文本': '（元）', '年利率（%），文本': '', 月份: '' };

/** A field's own description, else its name; with the meaning of its codes. */
function described(name: string, schema: Schema): string | undefined {
  const { description = '' } = schema;
  const own = description in UNITS ? FIELD_NAMES[name] && `${FIELD_NAMES[name]}${UNITS[description]}` : description;
  const codes = schema.enum ?? schema.items?.enum;
  const labels =
    codes &&
    !description.includes(`${codes[0]}`) &&
    CODE_LABELS.find((table) => codes.every((code) => `${code}` in table));
  const meaning = labels && codes.map((code) => `${code} ${labels[`${code}`]}`).join('、');
  return [own || FIELD_NAMES[name] || description, meaning].filter(Boolean).join('：') || undefined;
}

function nameFields(schema: Schema): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    field.description = described(name, field);
    nameFields(field);
  }
  for (const part of [schema.items, ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    if (part) nameFields(part);
  }
}
