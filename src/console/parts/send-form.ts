import { Problem, sessionEnded } from '../api.ts';

/**
 * Posts a form with a file to the API and tells how much has left, as a fraction; fetch cannot tell. `key`: the same for every try, so that one that was
 * answered into the void is not received twice. @throws Problem
 */
export function sendForm<T>(
  path: string,
  form: FormData,
  { key, onSent, signal }: { key: string; onSent(fraction: number): void; signal?: AbortSignal },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/${path}`);
    request.setRequestHeader('idempotency-key', key);
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else reject(problemOf(request));
    };
    request.onerror = () => reject(new Problem(0, { code: 'OFFLINE', detail: '上传中断，请检查网络后重试' }));
    request.onabort = () => reject(new Problem(0, { code: 'ABORTED', detail: '已取消上传' }));
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

function problemOf({ status, responseText }: XMLHttpRequest): Problem {
  const body = responseText.startsWith('{') ? JSON.parse(responseText) : { detail: `服务器应答异常（${status}）` };
  const problem = new Problem(status, body);
  if (status === 401) sessionEnded.tell();
  return problem;
}
