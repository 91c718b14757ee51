import { html } from 'hono/html';
import { type ApiDocument, CONVENTIONS, type Operation, type Schema } from './document.ts';
import { curl, flatten, isNullable, resolve } from './example.ts';

type Html = ReturnType<typeof html>;
interface Listed extends Operation {
  method: string;
  path: string;
}

/** The documentation as one page of plain HTML, without a script; everything in it is escaped by `html`. */
export function docsPage(document: ApiDocument, origin: string): Html {
  const operations: Listed[] = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
  );
  const groups = document.tags.map((tag) => ({ ...tag, members: operations.filter((o) => o.tags.includes(tag.name)) }));
  const { title, version } = document.info;
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} 文档</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/docs/style.css">
</head>
<body>
<nav aria-label="目录">
<p class="brand">宁科贷<small>API ${version}</small></p>
<ul><li><a href="#conventions">约定</a></li></ul>
${groups.map(
  ({ name, members }) => html`<h2><a href="#tag-${slug(name)}">${name}</a></h2>
<ul>${members.map((o) => html`<li><a href="#${o.operationId}">${badge(o.method)}<span>${o.summary}</span></a></li>`)}</ul>`,
)}
<h2><a href="#schemas">数据结构</a></h2>
</nav>
<main>
<header>
<h1>宁科贷接口文档</h1>
<p>版本 ${version}，共 ${operations.length} 个接口，均在 <code>${origin}/api/v1</code> 下。供程序使用的 OpenAPI 3.1 文件：<a href="/api/v1/openapi.json">/api/v1/openapi.json</a>。</p>
</header>
<section id="conventions"><h2>约定</h2>
<dl>${CONVENTIONS.map(([name, text]) => html`<dt id="about-${slug(name)}">${name}</dt><dd>${prose(text)}</dd>`)}</dl>
<p>下文标 <abbr title="必填">*</abbr> 的为必填；示例先设好地址和密钥即可运行：</p>
<pre>export NKD=${origin}
export KEY=nkd_…</pre>
</section>
${groups.map(
  ({
    name,
    description,
    members,
  }) => html`<section id="tag-${slug(name)}"><h2>${name}</h2><p class="lead">${description}</p>
${members.map((o) => operationCard(document, o))}</section>`,
)}
<section id="schemas"><h2>数据结构</h2>
${Object.keys(document.components.schemas).map(
  (name) => html`<article id="schema-${name}"><h3><a href="#schema-${name}">${name}</a></h3>
${fieldTable(document, document.components.schemas[name]!)}</article>`,
)}</section>
</main>
</body>
</html>`;
}

function operationCard(document: ApiDocument, operation: Listed): Html {
  const { method, path, operationId, summary, description, requestBody, responses } = operation;
  const parameters = (operation.parameters ?? []).map((p) => resolve(document, p));
  const body = Object.entries(requestBody?.content ?? {})[0];
  const refusals = Object.keys(responses).filter((status) => status >= '400');
  return html`<article id="${operationId}" class="operation">
<h3><a href="#${operationId}">${summary}</a></h3>
<p class="address">${badge(method)}<code>${path}</code></p>
${description ? html`<p>${prose(description)}</p>` : ''}
<div class="columns"><div>
${
  parameters.length > 0
    ? html`<h4>参数</h4><table class="parameters"><thead><tr><th>名称</th><th>位置</th><th>类型</th><th>说明</th></tr></thead><tbody>
${parameters.map((p) => html`<tr><td>${fieldName(p.name, p.required)}</td><td>${PLACES[p.in]}</td><td>${typeOf(p.schema)}</td><td>${p.description}${limits({ ...p.schema, description: p.description })}</td></tr>`)}
</tbody></table>`
    : ''
}
${body?.[1].schema ? html`<h4>请求内容 <small>${body[0]}</small></h4>${fieldTable(document, body[1].schema)}` : ''}
<h4>答复</h4>
${Object.entries(responses)
  .filter(([status]) => status < '400')
  .map(([status, { description: text, content }]) => answer(document, status, text, Object.entries(content ?? {})[0]))}
${refusals.length > 0 ? html`<p class="refusals">不能办理时：${refusals.map((status) => html`<code title="${responses[status]!.description}">${status}</code> `)}见<a href="#about-${slug('问题')}">问题</a>。</p>` : ''}
</div><pre>${curl(document, method, path, operation)}</pre></div>
</article>`;
}

function answer(
  document: ApiDocument,
  status: string,
  text: string,
  content?: [type: string, { schema?: Schema }],
): Html {
  const schema = content?.[1].schema;
  const head = html`<code class="good">${status}</code> ${text}`;
  if (!content || !schema || !content[0].includes('json')) return html`<p>${head} <small>${content?.[0]}</small></p>`;
  return html`<details><summary>${head} <span class="type">${typeOf(schema)}</span></summary>${fieldTable(document, schema)}</details>`;
}

const PLACES = { path: '路径', query: '查询', header: '请求头' };
const TYPES: Record<string, string> = {
  ...{ string: '文本', integer: '整数', number: '数', boolean: '真或假', object: '对象', array: '数组' },
};

const badge = (method: string): Html => html`<b class="method ${method}">${method.toUpperCase()}</b>`;
const fieldName = (name: string, required?: boolean): Html =>
  html`<code>${name}</code>${required ? html`<abbr title="必填">*</abbr>` : ''}`;
/** Anchors stay readable: Chinese as it is, without blanks. */
const slug = (text: string): string => text.replace(/[\s、]+/g, '-');

/** `code` between backticks. */
const prose = (text: string): Html[] =>
  text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));

function typeOf(schema: Schema): Html {
  const { $ref, type, format, items, anyOf, oneOf, allOf, properties } = schema;
  if ($ref) {
    const name = $ref.split('/').at(-1)!;
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (items) return html`${typeOf(items)} 数组`;
  if (properties?.items?.items) return html`${typeOf(properties.items.items)} 列表`;
  if (allOf) return html`${typeOf(allOf[0]!)}${allOf.length > 1 ? ' 及更多字段' : ''}`;
  const choices = (anyOf ?? oneOf)?.filter((s) => s.type !== 'null');
  if (choices) return html`${choices.map((s, i) => html`${i > 0 ? ' 或 ' : ''}${typeOf(s)}`)}`;
  const kind = (Array.isArray(type) ? type : [type]).find((t) => t !== 'null');
  if (format === 'date') return html`日期`;
  if (format === 'binary') return html`文件`;
  return html`${kind ? TYPES[kind] : '任意'}`;
}

/** What else a value must keep to, after its description. */
function limits(schema: Schema): Html {
  const { minLength, maxLength, minimum, maximum, maxItems, enum: codes, description = '' } = schema;
  const said = [
    codes && !codes.every((code) => description.includes(`${code}`)) ? `取值 ${codes.join('、')}` : '',
    maxLength !== undefined ? (minLength === maxLength ? `${maxLength} 个字符` : `最多 ${maxLength} 个字符`) : '',
    minimum !== undefined && maximum !== undefined ? `${minimum} 至 ${maximum}` : '',
    maxItems !== undefined ? `最多 ${maxItems} 项` : '',
    schema.default !== undefined ? `默认 ${schema.default}` : '',
    isNullable(schema) ? '可为 null' : '',
  ].filter(Boolean);
  return html`${said.length > 0 ? html` <span class="limits">${said.join('；')}</span>` : ''}`;
}

interface Row {
  path: string;
  required: boolean;
  schema: Schema;
}

/** A row for each field; those of objects inside follow with their path. */
function rows(document: ApiDocument, schema: Schema, prefix = ''): Row[] {
  const { properties = {}, required = [] } = flatten(document, schema);
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = prefix + name;
    const inside = field.items && !field.items.$ref ? rows(document, field.items, `${path}[].`) : [];
    const nested = field.properties ? rows(document, field, `${path}.`) : [];
    return [{ path, required: required.includes(name), schema: field }, ...inside, ...nested];
  });
}

function fieldTable(document: ApiDocument, schema: Schema): Html {
  const all = rows(document, schema);
  const about = flatten(document, schema).description;
  if (all.length === 0) return html`<p>${typeOf(flatten(document, schema))}${about ? `：${about}` : ''}</p>`;
  return html`${about ? html`<p>${about}</p>` : ''}<table><thead><tr><th>字段</th><th>类型</th><th>说明</th></tr></thead><tbody>
${all.map((row) => html`<tr><td>${fieldName(row.path, row.required)}</td><td>${typeOf(row.schema)}</td><td>${row.schema.description}${limits(row.schema)}</td></tr>`)}
</tbody></table>`;
}
