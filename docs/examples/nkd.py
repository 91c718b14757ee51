#!/usr/bin/env python3
"""宁科贷接口签名示例（Python 3.8 以上，只用标准库）。

export NKD_URL=https://nkd.example.gov.cn NKD_KEY=nkd_…
python3 nkd.py GET  '/api/v1/loan-filings?limit=5'
python3 nkd.py POST /api/v1/loan-filings filing.json
python3 nkd.py upload loanFilings yinchuan all filings.csv

重发同一请求时带上相同的 IDEMPOTENCY_KEY 环境变量。出错时退出码为 1，答复照样输出。
"""
import hashlib
import hmac
import os
import secrets
import sys
import urllib.error
import urllib.request
from datetime import datetime, timezone


def authorization(key, method, path, body):
    """签名头：方法、路径（连同查询串，按发送的原样）、时间、随机数、正文的 SHA-256，各占一行。"""
    _, key_id, secret = key.split("_")
    time = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    nonce = secrets.token_hex(16)
    text = "\n".join([method, path, time, nonce, hashlib.sha256(body).hexdigest()])
    hmac_key = hashlib.sha256(secret.encode()).digest()
    signature = hmac.new(hmac_key, text.encode(), hashlib.sha256).hexdigest()
    return f"NKD-HMAC-SHA256 KeyId={key_id},Time={time},Nonce={nonce},Signature={signature}"


def form(fields, file):
    """表单正文及其类型。签名覆盖的是这些字节，所以先拼好再签。"""
    boundary = "nkd" + secrets.token_hex(16)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    with open(file, "rb") as source:
        content = source.read()
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{os.path.basename(file)}"\r\n'
    parts += [head.encode(), b"Content-Type: application/octet-stream\r\n\r\n", content]
    parts.append(f"\r\n--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


def send(method, path, body=b"", content_type="application/json"):
    """发出请求，答复 (状态码, 正文)。"""
    request = urllib.request.Request(os.environ["NKD_URL"] + path, method=method, data=body or None)
    request.add_header("Authorization", authorization(os.environ["NKD_KEY"], method, path, body))
    if body:
        request.add_header("Content-Type", content_type)
    if os.environ.get("IDEMPOTENCY_KEY"):
        request.add_header("Idempotency-Key", os.environ["IDEMPOTENCY_KEY"])
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def main(arguments):
    if arguments[0] == "upload":
        kind, pool, mode, file = arguments[1:]
        body, content_type = form({"kind": kind, "poolCode": pool, "mode": mode}, file)
        status, answer = send("POST", "/api/v1/imports", body, content_type)
    else:
        body = open(arguments[2], "rb").read() if len(arguments) > 2 else b""
        status, answer = send(arguments[0], arguments[1], body)
    sys.stdout.buffer.write(answer)
    return 0 if status < 400 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
