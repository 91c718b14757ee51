// 宁科贷接口签名示例（Node.js 18 以上，只用标准库）。
//   export NKD_URL=https://nkd.example.gov.cn NKD_KEY=nkd_…
//   node nkd.mjs GET  '/api/v1/loan-filings?limit=5'
//   node nkd.mjs POST /api/v1/loan-filings filing.json
//   node nkd.mjs upload loanFilings yinchuan all filings.csv
// 重发同一请求时带上相同的 IDEMPOTENCY_KEY 环境变量。出错时退出码为 1，答复照样输出。
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const { NKD_URL, NKD_KEY, IDEMPOTENCY_KEY } = process.env;
const sha256 = (data) => createHash('sha256').update(data).digest();

/** 签名头：方法、路径（连同查询串，按发送的原样）、时间、随机数、正文的 SHA-256，各占一行。 */
function authorization(key, method, path, body) {
  const [, keyId, secret] = key.split('_');
  const time = new Date().toISOString();
  const nonce = randomBytes(16).toString('hex');
  const text = [method, path, time, nonce, sha256(body).toString('hex')].join('\n');
  const signature = createHmac('sha256', sha256(secret)).update(text).digest('hex');
  return `NKD-HMAC-SHA256 KeyId=${keyId},Time=${time},Nonce=${nonce},Signature=${signature}`;
}

/** 表单正文及其类型。签名覆盖的是这些字节，所以先拼好再签。 */
function form(fields, file) {
  const boundary = `nkd${randomBytes(16).toString('hex')}`;
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${basename(file)}"\r\n`;
  const before = Buffer.from(`${parts.join('')}${head}Content-Type: application/octet-stream\r\n\r\n`);
  const body = Buffer.concat([before, readFileSync(file), Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}

async function send(method, path, body = Buffer.alloc(0), type = 'application/json') {
  // 浏览器和 Node 会把网址规范化：签名用规范化以后的路径。
  const url = new URL(NKD_URL + path);
  const headers = { authorization: authorization(NKD_KEY, method, url.pathname + url.search, body) };
  if (body.length > 0) headers['content-type'] = type;
  if (IDEMPOTENCY_KEY) headers['idempotency-key'] = IDEMPOTENCY_KEY;
  return fetch(url, { method, headers, body: body.length > 0 ? body : undefined });
}

const [first, ...rest] = process.argv.slice(2);
let response;
if (first === 'upload') {
  const [kind, poolCode, mode, file] = rest;
  const { body, type } = form({ kind, poolCode, mode }, file);
  response = await send('POST', '/api/v1/imports', body, type);
} else {
  const [path, file] = rest;
  response = await send(first, path, file ? readFileSync(file) : undefined);
}
process.stdout.write(Buffer.from(await response.arrayBuffer()));
process.exitCode = response.ok ? 0 : 1;
