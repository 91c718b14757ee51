import { hc, parseResponse } from 'hono/client';
import type { Api } from '../http/api.ts';

/** One fault of a refused request, with the row and field it lies in. */
export interface Fault {
  code: string;
  field?: string;
  value?: string;
  message: string;
  row?: number;
  seq?: string;
  cites?: Cite[];
}

/** 依据 */
export interface Cite {
  document: string;
  article: string;
  confirmed: boolean;
  source?: string;
  mark?: string;
}

/** A refusal of the server (RFC 9457), in Chinese, with the request's id. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: Fault[];
  readonly cites: Cite[];
  readonly requestId: string;
  constructor(status: number, body: Partial<Problem> & { detail?: string; title?: string }) {
    super(body.detail ?? body.title ?? '服务没有给出说明');
    this.status = status;
    this.code = body.code ?? '';
    this.errors = body.errors ?? [];
    this.cites = body.cites ?? [];
    this.requestId = body.requestId ?? '';
  }
}

/** Called when the session has ended; the shell then asks to log in again above the page, which keeps what was typed. */
export const sessionEnded = { tell: (): void => {} };

/** fetch that answers only what succeeded. @throws Problem */
export async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, { credentials: 'same-origin', ...init });
  } catch {
    throw new Problem(0, { code: 'OFFLINE', detail: '没有连上服务器，请检查网络后重试' });
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (response.status === 401 && problem.code === 'UNAUTHENTICATED') sessionEnded.tell();
  throw problem;
}

async function problemOf(response: Response): Promise<Problem> {
  const json = response.headers.get('content-type')?.includes('json');
  const body = json ? await response.json() : { detail: `服务器应答异常（${response.status}）` };
  return new Problem(response.status, { requestId: response.headers.get('x-request-id') ?? '', ...body });
}

/** The API, typed from the server's own routes. */
export const api = hc<Api>('/api/v1', { fetch: send });

/** The body of a successful answer, typed: `await ask(api.pools.$get({ query: {} }))`. @throws Problem */
export const ask = parseResponse;

/** A request to better-auth: `auth('sign-in/username', { username, password })`. @throws Problem */
export async function auth<T = unknown>(path: string, body?: object): Promise<T> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await send(`/api/auth/${path}`, init)).json();
}
