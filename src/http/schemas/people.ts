import { z } from '@hono/zod-openapi';
import { USERNAME } from '../../access/auth.ts';
import { ROLES, type Role } from '../../access/roles.ts';
import { checkUscc } from '../../parties/uscc.ts';
import { zCode, zText } from './common.ts';

export const zRole = z.enum(Object.keys(ROLES) as [Role, ...Role[]]);

/** 统一社会信用代码 as people type it: blanks and small letters are forgiven. */
export const zUscc = z
  .string()
  .transform((text) => text.replace(/\s/g, '').toUpperCase())
  .superRefine((code, ctx) => {
    const { valid, reason } = checkUscc(code);
    if (!valid) ctx.addIssue({ code: 'custom', message: USCC_FAULTS[reason ?? 'character'], input: code });
  })
  .openapi({ example: '91350100M000100Y43' });
const USCC_FAULTS = {
  length: '统一社会信用代码应为 18 位',
  character: '统一社会信用代码含有不使用的字符',
  checkDigit: '统一社会信用代码的校验位不对，请核对是否抄错',
};

export const zEmail = z
  .email({ error: '邮箱地址不正确' })
  .max(200)
  .transform((text) => text.toLowerCase())
  .openapi({ example: 'someone@example.com' });

const zUsername = z
  .string()
  .regex(USERNAME, { error: '用户名为 3 至 30 位字母、数字、点、横线或下划线，以字母或数字开头' })
  .transform((text) => text.toLowerCase())
  .openapi({ example: 'zhangsan' });

/** How long and how good it is, the service says. */
export const zPassword = z
  .string()
  .min(1, { error: '不能为空' })
  .max(1_000)
  .openapi({ example: 'wo-zai-huanghe-bian-2026' });

export const zToken = z
  .string()
  .min(20, { error: '链接不完整' })
  .max(200)
  .regex(/^[\w-]*$/, { error: '链接不完整' })
  .openapi({ example: 'token-token-token-token' });

export const zNamed = z.object({ code: z.string(), name: z.string() });
export const zPerson = {
  name: zText(50),
  username: zUsername,
  email: zEmail,
};
export const zBelongs = { role: zRole, institutionCode: zCode.optional(), enterpriseUscc: zUscc.optional() };
