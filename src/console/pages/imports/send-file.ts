import { Problem, sessionEnded } from '../../api.ts';
import type { Import, Kind, Mode } from './types.ts';

export interface Upload {
  file: File;
  kind: Kind;
  poolCode: string | undefined;
  mode: Mode;
  /** our field for each heading of the file, null for those not to be read */
  mapping: Record<string, string | null> | undefined;
  /** the same for every try of this upload, so that one that was answered into the void is not received twice */
  key: string;
}

/** Uploads a file and tells how much has left, as a fraction; fetch cannot tell. @throws Problem */
export function sendFile(upload: Upload, onSent: (fraction: number) => void, signal: AbortSignal): Promise<Import> {
  const form = new FormData();
  form.set('kind', upload.kind);
  form.set('mode', upload.mode);
  if (upload.poolCode) form.set('poolCode', upload.poolCode);
  if (upload.mapping) form.set('mapping', JSON.stringify(upload.mapping));
  form.set('file', upload.file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/imports');
    request.setRequestHeader('idempotency-key', upload.key);
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Import);
      else reject(problemOf(request));
    };
    request.onerror = () => reject(new Problem(0, { code: 'OFFLINE', detail: '上传中断，请检查网络后重试' }));
    request.onabort = () => reject(new Problem(0, { code: 'ABORTED', detail: '已取消上传' }));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

function problemOf({ status, responseText }: XMLHttpRequest): Problem {
  const body = responseText.startsWith('{') ? JSON.parse(responseText) : { detail: `服务器应答异常（${status}）` };
  const problem = new Problem(status, body);
  if (status === 401) sessionEnded.tell();
  return problem;
}
