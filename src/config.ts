import { z } from 'zod';
import { localDate } from './calendar/local-date.ts';
import { DomainError } from './errors.ts';
import type { S3Settings } from './files/attachment-s3.ts';

const S3_PARTS = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

const schema = z
  .object({
    PORT: z.coerce.number({ error: '应为 0 到 65535 的整数' }).int().min(0).max(65_535).default(8787),
    DATA_DIR: z.string().min(1).default('data'),
    /** a PostgreSQL of one's own instead of the embedded one */
    DATABASE_URL: z.string().min(1).optional(),
    /** the business day, fixed; for demonstrations and tests */
    TODAY: z.string().min(1).optional(),
    /** where people reach the service: printed on documents */
    PUBLIC_URL: z.url({ error: '应为完整的网址，例如 https://nkd.example.gov.cn' }).optional(),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug'], { error: '应为 fatal、error、warn、info 或 debug' })
      .default('info'),
    /** how many reverse proxies of one's own stand in front: so many entries of X-Forwarded-For are believed */
    TRUST_PROXY: z.coerce.number({ error: '应为代理的层数' }).int().min(0).max(10).default(0),
    /** `none` limits no one's requests: for measuring only */
    RATE_LIMIT: z.enum(['on', 'none'], { error: '应为 on 或 none' }).default('on'),
    /** `none` serves HTTP only and leaves the jobs to other processes */
    JOBS: z.enum(['all', 'none'], { error: '应为 all 或 none' }).default('all'),
    /** the server that sends our letters, e.g. smtps://user:password@mail.example.gov.cn; without it they are printed */
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: '应为 smtp:// 或 smtps:// 开头的地址' }).optional(),
    /** whom they come from */
    MAIL_FROM: z.string().min(3).optional(),
    /** S3-compatible storage for attachments; without it they are kept in DATA_DIR/attachments */
    S3_ENDPOINT: z.url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 开头的地址' }).optional(),
    S3_BUCKET: z.string().min(1).optional(),
    S3_ACCESS_KEY_ID: z.string().min(1).optional(),
    S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
    S3_REGION: z.string().min(1).default('us-east-1'),
    /** the private key that archives are signed with (Ed25519, PKCS #8: PEM, or the Base64 of its DER); a demonstration makes its own */
    ARCHIVE_KEY: z.string().min(1).optional(),
    /** `none` starts an empty installation */
    DEMO: z.enum(['load', 'none'], { error: '应为 load 或 none' }).optional(),
  })
  .refine((c) => new Set(S3_PARTS.map((name) => c[name] === undefined)).size === 1, {
    path: ['S3_ENDPOINT'],
    error: '须与 S3_BUCKET、S3_ACCESS_KEY_ID、S3_SECRET_ACCESS_KEY 一起填写',
  })
  .refine((c) => !c.SMTP_URL || c.MAIL_FROM, { path: ['MAIL_FROM'], error: '须与 SMTP_URL 一起填写' });

export type Config = z.infer<typeof schema>;

/** The S3-compatible storage a configuration names, or null. */
export function s3Of(c: Config): S3Settings | null {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION: region } = c;
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return null;
  const endpoint = S3_ENDPOINT.replace(/\/+$/, '');
  return { endpoint, region, bucket: S3_BUCKET, accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY };
}

/** The environment, read once. @throws DomainError CONFIG with every fault in one sentence */
export function readConfig(env: Record<string, string | undefined>): Config {
  const read = schema.safeParse(env);
  if (!read.success)
    throw new DomainError(
      'CONFIG',
      `环境变量有误：${read.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('；')}`,
    );
  const { data } = read;
  if (data.TODAY !== undefined) localDate(data.TODAY);
  return data;
}
